"""The versions of all that a score may depend on."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Final

from tito.judging.judge.packages import distributions

_PACKAGE: Final = Path(__file__).parents[2]


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of Python, of tito down to its own text, and of what it judges and submissions run with."""
    names = {name.partition("[")[0] for name in distributions(packages)}
    installed = {name: version(name) for name in sorted({"numpy", "pytest", *names})}
    return {"Python": python_version(), "tito": f"{version('tito-autograder')} ({_own_code()})", **installed}


def version(package: str) -> str:
    """Return the installed version of a package, or "not installed"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


@cache
def _own_code() -> str:
    """Return a short digest of tito's own text, which is the same on every machine that has this version."""
    whole = sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        whole.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return whole.hexdigest()[:8]
