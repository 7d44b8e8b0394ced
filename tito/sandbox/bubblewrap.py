"""Files, processes and a network of its own for the process that starts subjects, made by bubblewrap (`bwrap`)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_PROGRAM: Final = "bwrap"
_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store")
# What root needs to give each subject a user of its own; a subject keeps none of it.
_ROOT: Final = ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_KILL", "CAP_DAC_READ_SEARCH")
_NAMESPACES: Final = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
_SECONDS: Final = 20.0
# bwrap's own words where a kernel or AppArmor refuses it, as Ubuntu 24.04 does.
_NO_NAMESPACES: Final = ("setting up uid map", "RTM_NEWADDR", "No permissions to create", "Creating new namespace")


def wrap(command: Sequence[str], read: Iterable[str], write: Iterable[str]) -> list[str]:
    """Return a command that runs `command` with nothing but the system's programs, `read` and `write` in sight.

    It ends with the thread that starts it. Descriptors go through.
    """
    program = shutil.which(_PROGRAM) or _PROGRAM
    places = [option for place in _SYSTEM for option in _system(place)]
    places += [option for place in dict.fromkeys((*_python(), *read)) for option in ("--ro-bind", place, place)]
    scratch = [option for place in write for option in ("--bind", place, place)]
    cache = ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    own = ["--proc", "/proc", "--dev", "/dev", "--chdir", "/"]
    return [program, *_unshared(), "--die-with-parent", *places, *cache, *own, *scratch, "--", *command]


def interpreter() -> str:
    """Return this interpreter as it is found in there, where no virtual environment is."""
    return os.path.realpath(sys.executable)


def refused() -> str:
    """Try it, and return why the machine refuses it, or ""."""
    if shutil.which(_PROGRAM) is None:
        return "bubblewrap is not installed (apt, dnf or pacman install bubblewrap)"
    command = wrap([interpreter(), "-I", "-S", "-c", ""], (), ())
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        return f"bwrap could not be run: {fault}"
    if any(each in done.stderr for each in _NO_NAMESPACES):
        return "the system refuses user namespaces to ordinary users, as Ubuntu 24.04 does; use a container"
    return (done.stderr.strip() or f"bwrap ended with {done.returncode}") if done.returncode else ""


def _unshared() -> list[str]:
    # Root needs no user namespace, and would have no second user in one.
    if os.geteuid() == 0:
        return [*_NAMESPACES, *(option for each in _ROOT for option in ("--cap-add", each))]
    return ["--unshare-user", *_NAMESPACES]


def _system(place: str) -> list[str]:
    if os.path.islink(place):
        return ["--symlink", os.readlink(place), place]
    return ["--ro-bind-try", place, place]


def _python() -> list[str]:
    """Return the folders of an interpreter that is not the system's, which holds them all."""
    library = Path(os.__file__).parent
    base = Path(sys.base_prefix)
    return (
        [] if base.is_relative_to("/usr") and base != Path("/usr/local") else [str(base / "bin"), str(library.parent)]
    )
