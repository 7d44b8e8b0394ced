"""What holds for all tests: no threads of numpy's arithmetic, as in the command, for the pool forks this process."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
