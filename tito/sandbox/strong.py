"""The level `strong`: a container around tito, or bubblewrap around the process that starts subjects."""

from collections.abc import Iterable, Sequence

from tito.sandbox import bubblewrap, container


def around(command: Sequence[str], read: Iterable[str], write: Iterable[str]) -> list[str]:
    """Return the command, an interpreter and its arguments, with what confines it around it.

    `read` and `write` are the folders and files that it needs besides the system's and Python's own.
    """
    if not container.refused():
        return list(command)
    return bubblewrap.wrap([bubblewrap.interpreter(), *command[1:]], read, write)


def refused() -> str:
    """Return why this machine has neither, or "" where it has one."""
    around_tito = container.refused()
    around_subjects = around_tito and bubblewrap.refused()
    return f"container: {around_tito}; bubblewrap: {around_subjects}" if around_subjects else ""
