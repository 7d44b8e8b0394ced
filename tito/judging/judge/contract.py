"""The contract: what kind of answer, plain data or an object, the reference gave to each call and attribute."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Kind(StrEnum):
    """What an answer holds: values alone, or also something that only the subject can see into."""

    DATA = "data"
    OBJECT = "object"


class Contract:
    """What the judge accepts. While `recording` (the reference runs) it accepts and notes everything.

    An object where the reference gave data could answer comparisons with code of its own, such as `True` to every
    `==`; so it is refused there, and wherever the reference was never asked. Data is accepted everywhere: the
    judge itself compares it.
    """

    def __init__(self, kinds: Mapping[str, str] | None = None, *, recording: bool = False) -> None:
        self.kinds = {key: Kind(kind) for key, kind in (kinds or {}).items()}
        self.recording = recording

    def attributes(self) -> dict[str, list[str]]:
        """Return the attributes that are known to be data, by class: a subject may send them along unasked."""
        found: dict[str, list[str]] = {}
        for key, kind in self.kinds.items():
            owner, _, name = key.rpartition(".")
            if owner and kind is Kind.DATA and name.isidentifier() and not name.startswith("__"):
                found.setdefault(owner, []).append(name)
        return found

    def writes(self, origin: str) -> bool:
        """Say whether the reference, too, writes into an argument; `origin` is its call, and its place in that."""
        key = f"{origin} written"
        if self.recording:
            self.kinds[key] = Kind.DATA
        return key in self.kinds

    def accepts(self, keys: Sequence[str], kind: Kind) -> bool:
        """Say whether an answer of `kind` is acceptable; of `keys`, the first that is known decides."""
        if self.recording:
            if kind is Kind.OBJECT or keys[0] not in self.kinds:
                self.kinds[keys[0]] = kind
            return True
        known = next((self.kinds[key] for key in keys if key in self.kinds), Kind.DATA)
        return kind is Kind.DATA or known is Kind.OBJECT
