"""Importing again: what the source changed is taken, what was edited here stays, and both at once is a conflict."""

from enum import StrEnum


class Step(StrEnum):
    """What becomes of one file."""

    WRITE = "write"
    REMOVE = "remove"
    LEAVE = "leave"
    CONFLICT = "conflict"


def step(base: str | None, here: str | None, there: str | None) -> Step:
    """Return what to do with a file: digests of it as last imported, as it is here, and as the source makes it now.

    None is a file that is not there. One that was removed here comes back when the source changes it.
    """
    if there in (here, base):
        return Step.LEAVE
    if here is None or here == base:
        return Step.REMOVE if there is None else Step.WRITE
    return Step.CONFLICT
