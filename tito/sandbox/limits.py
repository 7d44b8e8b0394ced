"""Resource limits, and what else a process gives up before it runs strangers' code."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Loaded before anything is confined, for what is confined may not; Windows has none.
with contextlib.suppress(ImportError):
    import resource

MIB: Final = 1 << 20
# The first descriptor after the standard ones, and numbers that no other one has yet.
_FIRST, _ABOVE = 3, 100


@dataclass(frozen=True, slots=True)
class Limits:
    """What one subject may use.

    `cpu` is in seconds over the subject's whole life; `memory` (address space) and `file` (any one file) in MiB;
    `files` are open descriptors.
    """

    cpu: int = 60
    memory: int = 1024
    file: int = 16
    files: int = 64
    stack: int = 8
    threads: int = 64


def apply(limits: Limits, processes: int | None = 0) -> None:
    """Lower the calling process's limits, soft and hard, for good. Raises OSError where the system refuses.

    `processes` bounds all processes and threads of the user, root excepted; None leaves them unbound.
    """
    for kind, value in (
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memory * MIB),
        (resource.RLIMIT_FSIZE, limits.file * MIB),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_STACK, limits.stack * MIB),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_CORE, 0),
    ):
        if value is None:
            continue
        _, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


def threads(process: int) -> int:
    """Return how many threads a process has; 0 where it is gone, or the system does not tell."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            # Behind the name, which may hold anything, come 17 fields before this one.
            return int(file.read(4096).rpartition(b")")[2].split()[17])
    except (OSError, IndexError, ValueError):
        return 0


def detach(wire: int, output: int, scratch: str, kept: Sequence[int] = ()) -> list[int]:
    """Give the calling process its own session, scratch folder, environment and descriptors.

    Standard input becomes empty, standard output and error become `output`; `wire` and those `kept` get the numbers
    that are returned, from 3 on; every other descriptor is closed.
    """
    os.setsid()
    os.chdir(scratch)
    os.environ.clear()
    os.environ.update(HOME=scratch, TMPDIR=scratch, LANG="C.UTF-8", PATH="/usr/bin:/bin", OPENBLAS_NUM_THREADS="1")
    moved = [os.dup2(each, _ABOVE + place, inheritable=False) for place, each in enumerate((wire, *kept))]
    empty = os.open(os.devnull, os.O_RDWR)
    for place, each in enumerate((empty, output, output, *moved)):
        os.dup2(each, place, inheritable=place < _FIRST)
    os.closerange(_FIRST + len(moved), _highest())
    return list(range(_FIRST, _FIRST + len(moved)))


def _highest() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(soft, 65_536) if soft != resource.RLIM_INFINITY else 65_536
