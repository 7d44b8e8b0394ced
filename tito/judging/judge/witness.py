"""What sees every answer that one test is given: to note its form, to notice writes, and to try what a forger would.

An answer of the wrong length, shape or finiteness makes many a careless check true: `all([])`, `allclose` of nothing,
`zip` of a short list, `not abs(nan - y) > tol`. When a grader is locked, its reference is judged again with its
answers distorted in these ways; where a test passes all the same, each answer there must have the reference's form.
"""

import array
import collections
import copy
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Function
from tito.judging.judge.proxies import Proxy
from tito.judging.judge.raised import Error
from tito.judging.wire.operations import OPERATIONS

_NUMBERS: Final = "biufc"
_MANY: Final = 4_096
_DEEPEST: Final = 16


class Distortion(StrEnum):
    """What is made of an answer."""

    EMPTY = "empty"
    # No item along one axis more: what is compared with any vector is compared with nothing.
    NOTHING = "empty along one axis more"
    MASKED = "masked"
    FIRST = "cut to its first item"
    ONE = "of shape (1,)"
    NAN = "NaN"
    EQUAL = "all equal"
    ENDED = "ended at once"
    CONSTANT = "one constant"
    SAME = "its own argument"
    REWRITTEN = "with its arguments rewritten"
    # No forger's: a test that passes with each of these does not look at the answer at all.
    UNUSED = "not to be used"
    NONE = "None"
    NOT_IMPLEMENTED = "NotImplemented"


class Witness:
    """Sees one test's answers by what they answer, such as `softmax()` or `Tensor.data of Tanh.__call__()`.

    `forms` are those of the plain answers to what is `watched` (to all, where that is None), `wrote` says which calls
    wrote into their arguments, `libraries` whose objects were asked; a write is heeded only where `heeding`. With a
    `distortion`, answers to `about`, or all of them, are distorted; `distorted` says whether one was. Where it is
    `keeping`, `answers` are all that the test was given. `watching` says whether it has to see answers at all,
    `rewriting` whether it rewrites arguments.
    """

    def __init__(
        self,
        watched: Collection[str] | None = (),
        *,
        heeding: bool = True,
        distortion: Distortion | None = None,
        about: str = "",
        keeping: bool = False,
    ) -> None:
        self.answers: list[Any] = []
        self.forms: dict[str, list[str]] = {}
        self._origins: dict[int, str] = {}
        # What was answered by something that goes by several of these names.
        self._shared: set[str] = set()
        # What failed in the test inside of the submission's code and did not come back, and in which turn that was.
        self.lost: list[BaseException] = []
        self.turn = 0
        self._turns: dict[int, int] = {}
        self.wrote: set[str] = set()
        self.libraries: set[str] = set()
        self.heeding = heeding
        self.distorted = False
        self._watched = watched
        self._names = {_name(label) for label in watched or ()}
        self._distortion = distortion
        self._about = about
        self._keeping = keeping
        self.watching = watched is None or bool(watched) or distortion is not None or keeping
        self.rewriting = distortion is Distortion.REWRITTEN

    def asked(self, target: Any) -> None:
        """Note an object of a library's class that is asked: what it answers the library computes, in the subject."""
        if outer := getattr(type(target), "_tito_outer", ""):
            self.libraries.add(outer)

    def rewrite(self, key: str, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return a call as if its function overwrote its arguments first; heeded, the test's own are overwritten."""
        if self._about not in {"", self._label(key, request)} or not _holders(request):
            return request
        self.distorted = True
        self.wrote.add(key)
        if self.heeding:
            _overwritten(_holders(request))
            return request
        return tuple(_overwritten_copy(part) for part in request)

    def answered(self, key: str, value: Any, request: Sequence[Any], besides: Sequence[str] = ()) -> Any:
        """Return what the test is given as the answer; raise StopIteration where that is the distortion.

        It goes by the names `besides` as well: an answer to any of these may be one to the others.
        """
        label = self._label(key, request)
        if isinstance(value, Proxy):
            self._origins.setdefault(value._tito_number, key)
        if self._names and besides:
            self._shared.update((label, *besides))
        noted = (
            [label] if self._watched is None else [each for each in (label, *besides) if _name(each) in self._names]
        )
        if noted:
            found = form(value)
            for each in noted:
                self.forms.setdefault(each, []).append(found)
        if self._keeping:
            # Memory that both sides share may be written to later.
            self.answers.append(value.copy() if isinstance(value, np.ndarray) else value)
        if self._distortion is None or self._about not in {"", label}:
            return value
        if self._distortion is Distortion.ENDED and key.endswith(("__next__", "__iter__")):
            self.distorted = True
            raise StopIteration
        found = distorted(value, self._distortion, _arguments(request))
        self.distorted |= found is not value
        return found

    def _label(self, key: str, request: Sequence[Any]) -> str:
        """Return what an answer is called: with the call that the object was made by which it is asked of."""
        asked = next((each for each in request[1:] if isinstance(each, Proxy)), None)
        origin = self._origins.get(asked._tito_number, "") if asked is not None else ""
        return f"{key} of {origin}" if origin else key

    def forms_of(self, label: str, due: Mapping[str, Sequence[str]]) -> Sequence[str]:
        """Return the forms of the answers to something; where it was never asked, of what was asked in its place.

        A submission's object may be of another class than the reference's, whose answers are `due`: a call of that
        name, as often, is in its place. Of what goes by several names, the answers that are due are looked for.
        """
        found, wanted = self.forms.get(label, []), due[label]
        if label in self._shared:
            return _among(found, wanted)
        if found or not _name(label).endswith("()"):
            return found
        others = [each for each in self.forms if each not in due and _name(each) == _name(label)]
        found = self.forms[others[0]] if len(others) == 1 else []
        return found if len(found) == len(wanted) else []

    def loses(self, fault: BaseException) -> None:
        """Note that something failed in the test where the submission may go on all the same."""
        self.lost.append(fault)
        self._turns[id(fault)] = self.turn

    def regains(self, fault: BaseException | None) -> None:
        """Take an exception, and what it was raised from in the same turn, as come back to the test."""
        self.lost = [each for each in self.lost if each is not fault]
        for _ in range(_DEEPEST if self.lost else 0):
            fault = fault and (fault.__cause__ or fault.__context__)
            self.lost = [each for each in self.lost if each is not fault or self._turns[id(each)] != self.turn]

    def written(self, key: str) -> bool:
        """Note that a call wrote into an argument; return whether the test's own object is to be changed."""
        self.wrote.add(key)
        return self.heeding


def _arguments(request: Sequence[Any]) -> list[Any]:
    """Return what a request hands over, however it is packed."""
    return [each for part in request[2:] for each in (part if isinstance(part, tuple) else (part,))]


def _name(label: str) -> str:
    """Return what is asked for, whatever it is asked of: `predict()` of `Line.predict() of Model.fit()`."""
    return label.partition(" of ")[0].rpartition(".")[2]


def form(value: Any) -> str:
    """Return the form of an answer: its shape or length and whether it is finite; "" where it has none.

    What a class says of itself is not asked: an object may say that it is an array.
    """
    value = _listed(value)
    kind = type(value)
    if issubclass(kind, bool | np.bool_ | str | bytes | type(None)):
        return ""
    length = next((each.__len__(value) for each in _COUNTED if issubclass(kind, each)), None)
    if length is not None and not _holds_numbers(value):
        return f"length {length}"
    if issubclass(kind, int | float | complex | Fraction | Decimal | np.generic | np.ndarray | list | tuple):
        return _form_of_numbers(value)
    return OBJECT if issubclass(kind, Proxy) else ""


def _listed(value: Any) -> Any:
    """Return what holds items in a row as a list or array of them; any other value as it is."""
    kind = type(value)
    if kind in _LISTED:
        return list(value)
    if kind.__module__.startswith("pandas.") and hasattr(kind, "to_numpy"):
        return value.to_numpy()
    return value


def fits(found: str, due: str) -> bool:
    """Whether an answer of one form may stand where another one is due.

    An object stands only where the reference had one, or what has no form. Of what holds no numbers, the length alone
    is looked at.
    """
    if due in {"", OBJECT, found}:
        return True
    return "finite" not in due and _LENGTH.findall(found)[:1] == _LENGTH.findall(due)[:1]


def _among(found: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    """Return the forms, in order, that may stand where others are wanted; all that there are where some have none."""
    rest, among = iter(found), []
    for should in wanted:
        form = next((each for each in rest if fits(each, should)), None)
        if form is None:
            return found
        among.append(form)
    return among


OBJECT: Final = "an object"
_LENGTH: Final = re.compile(r"\d+")
_COUNTED: Final[tuple[Any, ...]] = (list, tuple, dict, set, frozenset)
# What holds numbers as a list does.
_LISTED: Final[tuple[type, ...]] = (collections.deque, range, array.array, type({}.keys()), type({}.values()))


def _holds_numbers(value: Any) -> bool:
    """Whether a list or tuple holds numbers alone, or rows of them."""
    kind = type(value)
    for each in (list, tuple):
        if issubclass(kind, each):
            return all(map(_holds_numbers, each.__iter__(value)))
    return kind is np.ndarray or issubclass(kind, int | float | complex | np.number | np.bool_ | Fraction | Decimal)


def _form_of_numbers(value: Any) -> str:
    try:
        found = np.asarray(value)
        if found.dtype == object:
            # Fractions and Decimals, say.
            found = found.astype(float)
    except (ValueError, OverflowError):
        # Rows of different lengths, or numbers that no array holds.
        return f"length {len(value)}" if isinstance(value, list | tuple) else ""
    if found.dtype.kind not in _NUMBERS:
        return f"shape {found.shape}" if found.ndim else ""
    # What is masked is no number.
    masked = isinstance(value, np.ma.MaskedArray) and bool(np.ma.getmaskarray(value).any())
    finite = "finite" if not masked and bool(np.isfinite(found).all()) else "not finite"
    return f"shape {found.shape}, {finite}"


def distorted(value: Any, how: Distortion, args: Sequence[Any] = ()) -> Any:
    """Return a plain value as a forger might give it in that way; the very same object where it cannot be so."""
    if how is Distortion.SAME:
        return next((each for each in args if type(each) is type(value) and type(each) in _HOLDERS), value)
    if how is Distortion.REWRITTEN:
        return value
    if how in _IN_PLACE:
        return _IN_PLACE[how]
    if how is Distortion.CONSTANT:
        return value if isinstance(value, Proxy | Function | Error | type) else 0
    change = _CHANGES.get((how, _kind(value)))
    return value if change is None else change(value)


class Unused:
    """An answer that nothing can be done with, but to name it and to write it out."""

    def __getattr__(self, name: str) -> Any:
        """Refuse."""
        raise AttributeError(name)


def _refused(_: Any, *__: Any, **___: Any) -> Any:
    raise TypeError("this answer is not to be used")


for _each in (*OPERATIONS, "__call__", "__hash__"):
    if _each not in {"__repr__", "__str__", "__format__", "__dir__"}:
        setattr(Unused, _each, _refused)

# What may stand in the place of an answer that nobody looks at.
_IN_PLACE: Final[Mapping[Distortion, Any]] = {
    Distortion.UNUSED: Unused(),
    Distortion.NONE: None,
    Distortion.NOT_IMPLEMENTED: NotImplemented,
}
UNLOOKED_AT: Final = frozenset(_IN_PLACE)
_HOLDERS: Final = (list, dict, set, np.ndarray)


def _holders(request: Sequence[Any]) -> list[Any]:
    return [each for each in _arguments(request) if _is(each, list) or (_is(each, np.ndarray) and each.ndim)]


def _overwritten(holders: Sequence[Any]) -> bool:
    """Overwrite arrays and lists; return whether there were any that can be."""
    for each in holders:
        if isinstance(each, list):
            each[:] = each[:1] * len(each)
        elif each.flags.writeable:
            each[...] = 0
    return bool(holders)


def _overwritten_copy(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_overwritten_copy(each) for each in part)
    if not isinstance(part, np.ndarray | list):
        return part
    found = copy.deepcopy(part) if not _holds_objects(part) else part
    _overwritten([found] if found is not part else [])
    return found


def _holds_objects(part: Any) -> bool:
    return isinstance(part, list) and any(isinstance(each, Proxy) for each in part)


def _is(value: Any, kind: type) -> bool:
    """Whether a value is what it says: a proxy says that it is of its library's class."""
    return issubclass(type(value), kind)


def _kind(value: Any) -> str:
    if _is(value, np.ndarray):
        return "array" if value.ndim and value.size else ""
    kinds = ((list | tuple, "sequence"), (dict | set | frozenset, "collection"), (str | bytes, "text"))
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        return "float"
    return next((name for kind, name in kinds if isinstance(value, kind) and value), "")


def _nan(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.full_like(value, np.nan) if value.dtype.kind in "fc" else value
    if isinstance(value, list | tuple):
        found = [distorted(each, Distortion.NAN) for each in value[:_MANY]]
        return type(value)(found) if any(one is not two for one, two in zip(found, value, strict=False)) else value
    return float("nan")


def _equal(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        same = np.full_like(value, value.flat[0])
        return value if np.array_equal(same, value) else same
    return type(value)([value[0]] * len(value)) if any(each is not value[0] for each in value) else value


def _shorter(value: Any) -> Any:
    return value if len(value) <= 1 else value[:1]


def _one(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value if value.shape == (1,) else value.reshape(-1)[:1]
    return np.array([value])


def _masked(shape: tuple[int, ...]) -> Any:
    """Return an array of that shape in which nothing is to be looked at."""
    return np.ma.MaskedArray(np.zeros(shape), mask=True)


_CHANGES: Final[Mapping[tuple[Distortion, str], Callable[[Any], Any]]] = {
    (Distortion.EMPTY, "array"): lambda value: np.empty((0, *value.shape[1:]), value.dtype),
    (Distortion.EMPTY, "float"): lambda _: np.empty(0),
    (Distortion.NOTHING, "array"): lambda value: np.empty((0, *[1] * value.ndim)),
    (Distortion.NOTHING, "sequence"): lambda value: np.empty((0, 1)) if _holds_numbers(value) else value,
    (Distortion.MASKED, "array"): lambda value: _masked(value.shape),
    (Distortion.MASKED, "float"): lambda _: np.ma.masked,
    (Distortion.MASKED, "sequence"): lambda value: _masked(np.shape(value)) if _holds_numbers(value) else value,
    (Distortion.EMPTY, "sequence"): lambda value: type(value)(),
    (Distortion.EMPTY, "collection"): lambda value: type(value)(),
    (Distortion.EMPTY, "text"): lambda value: type(value)(),
    (Distortion.FIRST, "array"): _shorter,
    (Distortion.FIRST, "sequence"): _shorter,
    (Distortion.FIRST, "text"): _shorter,
    (Distortion.ONE, "array"): _one,
    (Distortion.NAN, "array"): _nan,
    (Distortion.NAN, "float"): _nan,
    (Distortion.NAN, "sequence"): _nan,
    (Distortion.EQUAL, "array"): _equal,
    (Distortion.EQUAL, "sequence"): _equal,
}
