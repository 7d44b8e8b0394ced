"""How processes of `tito.workflows.grading.worker` are started; nothing is loaded to know it."""

import sys
from typing import Final

# All that is loaded stays, and is not looked through for rubbish.
_FROM: Final = "import gc, sys; gc.set_threshold(50_000, 20, 20); from tito.workflows.grading.worker import"
# `-P`: nothing is imported that lies in the folder at hand.
WORKER: Final = (sys.executable, "-P", "-c", f"{_FROM} main; main(sys.argv[1])")
# A judge where none is forked.
JUDGE: Final = (sys.executable, "-P", "-c", f"{_FROM} be_judge; be_judge()")
# The seed of all hashes where a course has no secret that others could be made of.
SEED: Final = 0
