"""The unified diff of one edit: the lines that differ, with one line around them."""

from typing import Final

_AROUND: Final = 1


def unified(old: str, new: str, path: str, first: int) -> str:
    """Return the diff of two texts that begin on line `first` of the file `path`, as one hunk.

    A mutant changes one place, so that the lines before and after it are the same.
    """
    before, after = old.splitlines(), new.splitlines()
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    head = max(start - _AROUND, 0)
    tail = max(end - _AROUND, 0)
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    lines = [
        *(f" {each}" for each in before[head:start]),
        *(f"-{each}" for each in gone),
        *(f"+{each}" for each in come),
        *(f" {each}" for each in before[len(before) - end : len(before) - tail]),
    ]
    counts = [len(texts) - head - tail for texts in (before, after)]
    hunk = f"@@ -{first + head},{counts[0]} +{first + head},{counts[1]} @@"
    return "\n".join([f"--- {path}", f"+++ {path}", hunk, *lines]) + "\n"


def _same(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts have in common at their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
