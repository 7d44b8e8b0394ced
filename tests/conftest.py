"""What holds for all tests: no threads of numpy's arithmetic, and the same examples in every run of CI."""

import os

from hypothesis import settings

# As in the command: the pool forks this process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# CI says whether a change is right, so it draws no examples by chance; everywhere else new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
