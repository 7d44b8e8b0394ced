"""Resource limits, and what else a process gives up before it runs strangers' code."""

import os
import resource
from dataclasses import dataclass
from typing import Final

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one subject may use.

    `cpu` is in seconds over the subject's whole life; `memory` (address space) and `file` (any one file) in MiB;
    `files` are open descriptors. `processes` counts all of the user's processes and does not bind root.
    """

    cpu: int = 60
    memory: int = 1024
    file: int = 16
    files: int = 64
    stack: int = 8
    processes: int = 0


def apply(limits: Limits) -> None:
    """Lower the calling process's limits, soft and hard, for good. Raises OSError where the system refuses."""
    for kind, value in (
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memory * MIB),
        (resource.RLIMIT_FSIZE, limits.file * MIB),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_STACK, limits.stack * MIB),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


def detach(wire: int, output: int, scratch: str) -> int:
    """Give the calling process its own session, scratch folder, environment and descriptors.

    Standard input becomes empty, standard output and error become `output`, and `wire` becomes the descriptor
    that is returned; every other descriptor is closed.
    """
    os.setsid()
    os.chdir(scratch)
    os.environ.clear()
    os.environ.update(HOME=scratch, TMPDIR=scratch, LANG="C.UTF-8", PATH="/usr/bin:/bin", OPENBLAS_NUM_THREADS="1")
    empty = os.open(os.devnull, os.O_RDWR)
    kept = os.dup2(wire, 100, inheritable=False)
    os.dup2(empty, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(kept, 3)
    os.closerange(4, _highest())
    return 3


def _highest() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(soft, 65_536) if soft != resource.RLIM_INFINITY else 65_536
