"""A worker that, once in a run, kills a process of a submission's when that submission has come to a step.

`STOPPED` in the environment is `victim step student file`: the file is made when it has happened. `always` before the
victim kills one each time.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from tito.judging import worker
from tito.workflows.grading.worker import main

TOLD = os.environ["STOPPED"]
VICTIM, STEP, STUDENT, FILE = TOLD.removeprefix("always ").split(" ", 3)


def once(sitting, step):
    """Kill the victim where this is the step."""
    if step != STEP or sitting._case.work.student != STUDENT or (Path(FILE).exists() and TOLD.startswith(VICTIM)):
        return
    found = victims(sitting)
    if not found:
        return
    Path(FILE).write_text(step)
    for pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    # So that it is found dead at the next word, not at some later one.
    time.sleep(0.05)


def victims(sitting):
    match VICTIM:
        case "judge":
            return [sitting._pid]
        case "subject":
            return [subject.pid for subject in sitting._subjects.values()]
        case "zygote":
            return [sitting._zygote._process.pid]
    return [os.getpid()]


class Sitting(worker.Sitting):
    def begin(self, template, read):
        def slowly():
            # So that a judge that is killed at once has not read anything.
            time.sleep(1 if STEP == "forked" and self._case.work.student == STUDENT else 0)
            return read()

        super().begin(template, slowly)
        once(self, "forked")

    def _answer(self, word, content):
        once(self, word)
        super()._answer(word, content)
        once(self, f"{word}-done")


worker.Sitting = Sitting
main(sys.argv[1])
