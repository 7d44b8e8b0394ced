"""What holds for all tests: no threads of numpy's arithmetic, and the same examples in every run of CI."""

import os
import re
import signal

import pytest
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


# Tests that belong together less by their file than by what they begin their brackets with: a lesson, a milestone.
APART = re.compile(r"tests/course/test_(?:lessons|mistakes|milestones)\.py::\w+\[(\w+)")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadfile`, a process takes a file's tests, and of the course's long files a lesson's at a time."""
    from xdist.scheduler import LoadFileScheduling

    class ByLesson(LoadFileScheduling):
        def _split_scope(self, nodeid):
            lesson = APART.match(nodeid)
            return lesson[1] if lesson else super()._split_scope(nodeid)

    return ByLesson(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_addoption(parser):
    """Let whoever has changed a report write its screens anew, to look at them."""
    parser.addoption("--write-screens", action="store_true", help="write tests/unit/report/screens anew")
