"""Seeds: one for each course, module, student and criterion, the same in every run."""

import hashlib

_BITS = 32


def seed_for(secret: str, module: str, student: str, criterion: str) -> int:
    """Return the seed of one criterion's tests on one student's work, a 32-bit number.

    The course's `secret` keeps it from being foreseen by whoever has the tests; SHA-256 keeps the parts apart.
    """
    text = f"{secret}\0{module}\0{student}\0{criterion}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[: _BITS // 8])
