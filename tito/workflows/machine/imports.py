"""The packages of a course, each imported by a confined subject of its own, and how long that takes."""

from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import Final

from tito.errors import TitoError
from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Starter, starter
from tito.judging.judge.packages import imported_as
from tito.judging.judge.session import Session
from tito.records import dataclass
from tito.sandbox.levels import Level
from tito.sandbox.limits import Limits
from tito.workflows.machine.versions import version

_SECONDS: Final = 60
_PROBE: Final = """
import time
begun = time.perf_counter()
import {module}
seconds = time.perf_counter() - begun
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """One package as a submission imports it: its version, how long that took, and why it failed, if it did."""

    package: str
    version: str
    seconds: float
    fault: str = ""


def imported(packages: Iterable[str], level: Level) -> Iterator[Imported]:
    """Import each package in a subject of its own, with nothing imported before."""
    for package in packages:
        try:
            modules = [name for name in imported_as(package) if not name.startswith("_")]
            with starter(level, Limits(cpu=_SECONDS), [package], warm=False) as starting:
                starting.load({})
                found = [_tried(starting, module) for module in modules]
        except TitoError as fault:
            yield Imported(package, version(package), 0.0, str(fault))
            continue
        why = next((why for _, why in found if why), "")
        yield Imported(package, _version(package), sum(seconds for seconds, _ in found), why)


def _tried(starting: Starter, module: str) -> tuple[float, str]:
    session = Session(starting, starting.spawn(), Contract(), ())
    try:
        session.ready()
        session.start(_SECONDS)
        failed = session.run("probe", [("probe", 1, _PROBE.format(module=module))])
        seconds = session.request("find", "probe", "seconds") if not failed else 0.0
    except SubjectFault as fault:
        return 0.0, fault.message
    finally:
        session.close()
    why = f"{failed[0][1].name}: {failed[0][1].text}" if failed else ""
    return (seconds if isinstance(seconds, float) else 0.0), why


def _version(package: str) -> str:
    """Return the version of what a package, by the name that one installs or imports it by, is installed as."""
    found = version(package)
    names = metadata.packages_distributions().get(package, []) if found == "not installed" else []
    return version(names[0]) if names else found
