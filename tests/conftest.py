"""What holds for all tests: no threads of numpy's arithmetic, and the same examples in every run of CI."""

import os
import signal

from hypothesis import settings

# As in the command: the pool forks this process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A shell's `&` has this process ignore Ctrl-C, and with it whatever it starts, which is to be interrupted in tests.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# CI says whether a change is right, so it draws no examples by chance; everywhere else new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser):
    """Let whoever has changed a report write its screens anew, to look at them."""
    parser.addoption("--write-screens", action="store_true", help="write tests/unit/report/screens anew")
