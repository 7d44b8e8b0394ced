"""The contract: what kind of answer, plain data or an object, the reference gave to each call and attribute."""

import builtins
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Self

from tito.judging.judge.functions import Function
from tito.judging.judge.streams import Stream
from tito.judging.judge.witness import Witness
from tito.judging.plan import Recorded
from tito.judging.wire.operations import ASKING
from tito.model.grader import Grader


class Kind(StrEnum):
    """What an answer is: values alone, one item after another, or also what only the subject can see into."""

    DATA = "data"
    STREAM = "stream"
    OBJECT = "object"


# What begins the keys under which a lock file has the classes of the reference's objects, and what these were asked.
_ROLE: Final = "class of "
_SAYS: Final = "says "
# Locks of before list none.
_LISTED: Final = f"{_SAYS}what is listed"
_METHOD: Final = re.compile(r"\.(?!__)\w+\(\)$")
# What a container does with what it is handed says nothing about what was expected of it.
_KEEPING: Final = frozenset(
    f"{name}()"
    for name in (
        "add", "append", "appendleft", "clear", "copy", "discard", "extend", "extendleft", "get", "insert", "items",
        "keys", "pop", "popitem", "popleft", "remove", "reverse", "rotate", "send", "setdefault", "sort", "throw",
        "update", "values",
    )
)  # fmt: skip


class Contract:
    """What the judge accepts. While `recording` (the reference runs) it accepts and notes everything.

    An object could answer comparisons with code of its own, such as `True` to every `==`. So it decides what it is
    asked with something in hand only where the reference's objects were asked the same. Locks of before do not list
    that: by these, an object is refused where the reference gave data. Data is accepted: the judge compares it.
    """

    def __init__(self, kinds: Mapping[str, str] | None = None, *, recording: bool = False) -> None:
        told = kinds or {}
        self.kinds = {key: Kind(kind) for key, kind in told.items() if not key.startswith((_ROLE, _SAYS))}
        # Of which class the objects were that the reference gave.
        self.roles = {key.removeprefix(_ROLE): kind for key, kind in told.items() if key.startswith(_ROLE)}
        # What objects were asked with something in hand, by class: None where that is not known.
        listed = _LISTED in told or recording
        self._said = {key.removeprefix(_SAYS) for key in told if key.startswith(_SAYS)} if listed else None
        for each in [each for each in self._said or () if " is " in each]:
            self._derive(*each.split(" is ")[:2])
        self._asked = {key.rpartition(".")[2] for key in (*self.kinds, *(self._said or ()))}
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
        if witness.lost and self._said is not None:
            self._said.add(f"{test} goes on after {len(witness.lost)}")
        self.writes |= witness.wrote
        if witness.libraries:
            self._libraries[test] = tuple(sorted(witness.libraries))

    def goes_on(self, test: str, count: int) -> bool:
        """Say whether a test goes on where as much has failed in it inside of the reference's code."""
        if self._said is None:
            return True
        begins = f"{test} goes on after "
        return any(int(each.removeprefix(begins)) >= count for each in self._said if each.startswith(begins))

    def derives(self, name: str, native: type) -> None:
        """Note that a class of the reference's is data besides: what that does is not asked of the subject."""
        if self.recording and self._said is not None:
            self._said.add(f"{name} is {native.__name__}")

    def _derive(self, name: str, native: str) -> None:
        """Take all that such data does as asked of a class of the reference's."""
        kind = getattr(builtins, native, None)
        if self._said is not None and isinstance(kind, type):
            self._said |= {f"{name}.{ASKING[each]}" for each in dir(kind) if each in ASKING}
            self._said |= {f"{each}()" for each in dir(kind) if not each.startswith("_")}

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
        roles = {f"{_ROLE}{key}": name for key, name in self.roles.items()}
        known = {key.rpartition(".")[2] for key in self.kinds}
        said = {} if self._said is None else {_LISTED: ""} | {f"{_SAYS}{key}": "" for key in self._said - known}
        return {key: str(kind) for key, kind in self.kinds.items()} | roles | said

    def attributes(self) -> dict[str, list[str]]:
        """Return the attributes that are known to be data, by class: a subject may send them along unasked."""
        found: dict[str, list[str]] = {}
        for key, kind in self.kinds.items():
            owner, _, name = key.rpartition(".")
            if owner and kind is Kind.DATA and name.isidentifier() and not name.startswith("__"):
                found.setdefault(owner, []).append(name)
        return found

    def role(self, key: str, name: str) -> str:
        """Return what an object's class that goes by `name` is to be called: as the reference's class there."""
        return self.roles.setdefault(key, name) if self.recording else self.roles.get(key, "")

    def knows(self, keys: Sequence[str]) -> bool:
        """Say whether the reference has answered to one of `keys`, or is about to."""
        return self.recording or any(key in self.kinds for key in keys)

    @property
    def lists(self) -> bool:
        """Whether it is known what the reference's objects were asked."""
        return self._said is not None

    def says(self, keys: Sequence[str], *, of_data: bool) -> bool:
        """Say whether an operation on an object and something in hand, data or an object, is the object's to answer.

        Data in hand may be what the test expects: so it is only where the reference's object was asked the same. Of
        two objects, some of the reference's have to have been, or the reference has to have others of the class.
        """
        asked = keys if of_data else [f"{keys[0].rpartition('.')[2]} of objects"]
        if self.recording and self._said is not None:
            self._said.update(asked)
        if self._said is None or self.recording or not self._said.isdisjoint((*keys, *asked)):
            return True
        return not of_data and any(map(self.names, (key.partition(".")[0] for key in keys)))

    def names(self, kind: str) -> bool:
        """Say whether the reference has answers of a class."""
        known = not self.kinds.keys().isdisjoint((kind, f"{kind}()")) or kind in self.roles.values()
        return known or any(key.startswith(f"{kind}.") for key in self.kinds)

    def asks(self, names: Sequence[str], *besides: str) -> bool:
        """Say whether some object of the reference's was called by the name of one of these methods.

        Or asked for one of what is named `besides`.
        """
        methods = {each.rpartition(".")[2] for each in names if _METHOD.search(each)}
        if self.recording and self._said is not None:
            # One that always raises has no answer.
            self._said |= methods
        if self.recording or self._said is None or not methods:
            return True
        return not self._asked.isdisjoint((*methods, *besides)) or not methods.isdisjoint(_KEEPING)

    def calls(self, keys: Sequence[str], value: Any) -> bool:
        """Say whether an answer is a function where the reference has a method: both are called."""
        return isinstance(value, Function) and any(f"{key}()" in self.kinds for key in keys)

    def accepts(self, keys: Sequence[str], kind: Kind, *, function: bool = False) -> bool:
        """Say whether an answer of `kind` is acceptable; of `keys`, the first that is known decides.

        A function that goes by several names answers as each of them has to.
        """
        if self.recording:
            for key in keys if function else keys[:1]:
                if kind is Kind.OBJECT or key not in self.kinds:
                    self.kinds[key] = kind
            return True
        if function:
            found = {self.kinds.get(key) for key in keys} - {None}
            return (
                kind is not Kind.OBJECT or found == {Kind.OBJECT} or (self._said is not None and Kind.OBJECT in found)
            )
        return kind is not Kind.OBJECT or self._known(keys) is Kind.OBJECT

    def walks(self, keys: Sequence[str]) -> bool:
        """Say whether the reference's answer is no more than its items."""
        return self._known(keys) is Kind.STREAM

    def _known(self, keys: Sequence[str]) -> Kind:
        return next((self.kinds[key] for key in keys if key in self.kinds), Kind.DATA)


def keys_of(target: Any, name: str) -> tuple[str, ...]:
    """Return the names under which the contract may know an answer, the most telling first."""
    if type(target) is Function:
        return tuple(f"{each}{name}" for each in sorted(target._tito_known)) or (f"{target.__name__}{name}",)
    kind = type(target)
    if isinstance(target, Stream):
        return (*(f"{key}.{name}" for key in target._tito_keys), f"{kind.__name__}.{name}")
    known = target if isinstance(target, type) else kind
    mro: Any = type.__dict__["__mro__"].__get__(known)
    names = [each for one in mro for each in getattr(one, "_tito_names", ())]
    if known is target and name == "()":
        return tuple(f"{each}()" for each in names)
    return tuple(f"{each}.{name}" for each in names) or (name,)
