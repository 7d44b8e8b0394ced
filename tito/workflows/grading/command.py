"""How processes of `tito.workflows.grading.worker` are started; nothing is loaded to know it."""

import sys
from typing import Final

_FROM: Final = "from tito.workflows.grading.worker import"
# `-P`: nothing is imported that lies in the folder at hand.
WORKER: Final = (sys.executable, "-P", "-c", f"import sys; {_FROM} main; main(sys.argv[1])")
# A judge where none is forked.
JUDGE: Final = (sys.executable, "-P", "-c", f"{_FROM} be_judge; be_judge()")
# The seed of all hashes where a course has no secret that others could be made of.
SEED: Final = 0
