"""The contract: what kind of answer, plain data or an object, the reference gave to each call and attribute."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Self

from tito.judging.judge.witness import Witness
from tito.judging.plan import Recorded
from tito.model.grader import Grader


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
        # What the reference's calls write into, and the forms of its answers by test, where a test needs them asked.
        self.writes: set[str] = set()
        self._forms: dict[str, dict[str, list[str]]] = {}
        self.differs: dict[tuple[str, int], None] = {}
        self._libraries: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, grader: Grader, *, recording: bool = False) -> Self:
        """Return the contract that a grader was locked with."""
        contract = cls(grader.contract, recording=recording)
        contract.writes = set(grader.writes)
        for each in grader.vacuous:
            if each.forms:
                contract._forms.setdefault(each.test, {})[each.answer] = list(each.forms)
        return contract

    def note(self, test: str, witness: Witness) -> None:
        """Note what the reference did in a test, as its witness saw it."""
        self._forms[test] = dict(witness.forms)
        self.writes |= witness.wrote
        if witness.libraries:
            self._libraries[test] = tuple(sorted(witness.libraries))

    def watched(self, test: str) -> Collection[str]:
        """Return the answers whose form a test needs asked."""
        return self._forms.get(test, {}).keys()

    def forms(self, test: str) -> Mapping[str, Sequence[str]]:
        """Return the reference's forms of those answers."""
        return {} if self.recording else self._forms.get(test, {})

    def recorded(self) -> Recorded:
        """Return what was recorded of the reference."""
        return Recorded(self.plain(), tuple(sorted(self.writes)), self._forms, tuple(self.differs), self._libraries)

    def plain(self) -> dict[str, str]:
        """Return what it holds as plain data."""
        return {key: str(kind) for key, kind in self.kinds.items()}

    def attributes(self) -> dict[str, list[str]]:
        """Return the attributes that are known to be data, by class: a subject may send them along unasked."""
        found: dict[str, list[str]] = {}
        for key, kind in self.kinds.items():
            owner, _, name = key.rpartition(".")
            if owner and kind is Kind.DATA and name.isidentifier() and not name.startswith("__"):
                found.setdefault(owner, []).append(name)
        return found

    def accepts(self, keys: Sequence[str], kind: Kind) -> bool:
        """Say whether an answer of `kind` is acceptable; of `keys`, the first that is known decides."""
        if self.recording:
            if kind is Kind.OBJECT or keys[0] not in self.kinds:
                self.kinds[keys[0]] = kind
            return True
        known = next((self.kinds[key] for key in keys if key in self.kinds), Kind.DATA)
        return kind is Kind.DATA or known is Kind.OBJECT
