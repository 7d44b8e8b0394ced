"""`tito doctor`: what is installed, and which promises about confinement hold here, each one tried."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from tito.judging.contract import Contract
from tito.judging.faults import SubjectFault
from tito.judging.launcher import Zygote
from tito.judging.session import Session
from tito.model.outcome import Status
from tito.sandbox.confine import Level, best_level
from tito.sandbox.limits import Limits

PACKAGES: Final = ("numpy", "pytest", "rich", "typer", "PyYAML", "jsonschema", "nbformat", "jupytext")


# What each level leaves open, in words for whoever grades.
OPEN: Final = {
    Level.NONE: "everything that the user who grades may do",
    Level.STANDARD: "a fault of the kernel, and names, sizes and times of files, which can be asked for",
    Level.STRONG: "a fault of the kernel",
    Level.LIMITS: "reading and writing files by path, the network, other processes of the user who grades",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that a confined subject must not be able to do: whether trying it failed, and how."""

    name: str
    promise: str
    held: bool
    found: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What this machine has.

    `level` is the strongest confinement of which every promise held; `open` is what it does not confine.
    """

    tito: str
    python: str
    system: str
    packages: tuple[tuple[str, str], ...]
    level: str
    open: str
    promises: tuple[Promise, ...]

    @property
    def sound(self) -> bool:
        """Whether every promise held."""
        return all(each.held for each in self.promises)


_OPEN_FILES: Final = """
import os
for number in range(4, 64):
    try:
        os.fstat(number)
        break
    except OSError:
        continue
else:
    raise OSError("none is")
"""
# Each probe is a submission: it raises, or dies, exactly where the promise holds.
_PROBES: Final = (
    ("memory", "an array of 8 GB is refused", "import numpy as np\nnp.ones(10**9)"),
    ("file size", "a file of 64 MB is cut off", "with open('big', 'wb') as f: f.write(bytes(1 << 26))"),
    ("descriptors", "a thousand open files are refused", "held = [open('x' + str(i), 'w') for i in range(1000)]"),
    ("processor time", "an endless loop is ended", "while True: pass"),
    ("scratch folder", "it starts in an empty folder of its own", "import os\nassert os.listdir('.')"),
    ("environment", "the judge's environment is not there", "import os\nassert 'TITO_DOCTOR' in os.environ"),
    ("terminal", "standard input is empty", "input()"),
    ("descriptors left", "no file of the judge's is open", _OPEN_FILES),
    ("session", "it leads a session of its own", "import os\nassert os.getsid(0) != os.getpid()"),
    ("course", "the course and tito's packages cannot be imported", "import pytest"),
)


def diagnose() -> Diagnosis:
    """Try every promise in a subject of its own."""
    level = best_level()
    promises = tuple(_tried(level))
    held = level if all(each.held for each in promises) else Level.NONE
    return Diagnosis(
        version("tito-autograder"),
        platform.python_version(),
        f"{platform.system()} {platform.release()} {platform.machine()}",
        tuple((name, version(name)) for name in PACKAGES),
        str(held),
        OPEN[held],
        promises,
    )


def version(package: str) -> str:
    """Return the installed version of a package, or "not installed"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _tried(level: Level) -> Iterator[Promise]:
    with Zygote(level, Limits(cpu=2)) as zygote:
        for name, promise, source in _PROBES:
            found = _probe(zygote, source)
            yield Promise(name, promise, bool(found), found or "it could")
    if sys.platform != "linux":
        yield Promise(
            "system", "limits are those of Linux", held=False, found=f"{sys.platform}: use WSL2 or a container"
        )


def _probe(zygote: Zygote, source: str) -> str:
    """Run a probe and return how it was stopped, or "" where it was not."""
    session = Session(zygote, zygote.spawn(), Contract(), ())
    try:
        session.ready()
        session.start(1)
        failed = session.run("probe", [("probe", 1, source)])
    except SubjectFault as fault:
        return "stopped: no answer in time" if fault.status is Status.TIMEOUT else f"stopped: {fault.message}"
    finally:
        session.close()
    if not failed:
        return ""
    name = failed[0][1].name
    return "as promised" if name == "AssertionError" else f"refused: {name}"
