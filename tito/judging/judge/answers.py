"""Answers: what came for a question, and what came along with it before anybody asked."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np

from tito.judging.judge.contract import Kind
from tito.judging.judge.functions import Function
from tito.judging.judge.proxies import ProxyClass
from tito.judging.judge.streams import Stream
from tito.judging.wire.codec import WireError
from tito.judging.wire.shared import Shared

MOST: Final = 1_000
# No container has such a number.
UNNUMBERED: Final = 1 << 60
_NOTHING: Final[dict[Any, Any]] = {}
# How often something is referred to that the test holds no longer: by what came along, by the log of its calls, and
# by those who ask.
_LOOSE: Final = 4


class Answer(NamedTuple):
    """What came for one question: its value, and the node that this was made of, with the blob that it lies in.

    The containers in it have numbers from `first` on; `again` are those of before. It is `quiet` where nothing in it
    does otherwise than data.
    """

    value: Any
    kind: Kind
    node: Any = None
    blob: bytes = b""
    streams: Sequence[Stream] = ()
    first: int = UNNUMBERED
    again: Mapping[int, Any] = MappingProxyType({})
    quiet: bool = True


class Glances:
    """What need not be asked for: what came along with the last answer, and classes and functions by their names.

    Nothing of it is looked at until it is asked for; the subject may lie about it as it may about any answer, so it
    is checked then. `read` makes the answer of a node that came along in a blob.
    """

    def __init__(self, shared: Shared, read: Callable[[Any, bytes], Answer]) -> None:
        self._shared = shared
        self._read = read
        # By the holder's number, or a module's name, and the name: nodes, and answers where they were looked at.
        self._seen: dict[Any, dict[str, Any]] = {}
        self._blob = b""
        # Classes and functions that names stand for, until the subject says that one stands for something else.
        self._bound: dict[tuple[str, str], Answer] = {}
        # Threads of the submission's may change anything at any time: nothing is kept then.
        self._restless = False
        # By (object's number, attribute): a value, and its content when it was taken.
        self._taken: list[tuple[tuple[Any, str], Any, Any]] = []
        self._adopted: list[tuple[Any, str]] = []

    def see(self, held: Sequence[Any], blob: bytes, *, restless: bool, rebound: Iterable[str]) -> None:
        """Keep what came along with an answer. Raises WireError where that is too much."""
        if len(held) > MOST:
            raise WireError("too much came along with an answer")
        self._taken, self._blob = [], blob
        seen = self._seen = {}
        for holder, nodes in held:
            if holder in seen:
                seen[holder].update(nodes)
            else:
                seen[holder] = dict(nodes)
        self._restless = restless
        if restless:
            self._bound = {}
        self.unname(rebound)

    def overlook(self) -> None:
        """Forget what came along: the student's code may have changed it since."""
        self._seen, self._taken = {}, []

    def found(self, do: str, args: Sequence[Any]) -> Answer | None:
        """Return the answer that came along with the last one, if it did: nothing has run since then."""
        if do not in {"get", "find"}:
            return None
        target, name = args
        if do == "find" and (known := self._bound.get((target, name))):
            return known
        number = target if do == "find" else getattr(target, "_tito_number", None)
        node = self._seen.get(number, _NOTHING).get(name, ...)
        if node is ... or (do == "get" and self.has_written()):
            # What the test has written since may be what it reads now.
            return None
        if type(node) is Answer:
            return node
        answer = self._seen[number][name] = self._read(node, self._blob)
        if do == "find":
            self.name((target, name), answer)
        elif type(answer.value) is np.ndarray and "=" not in node:
            self._taken.append(((number, name), answer.value, self._shared.content(answer.value)))
        return answer

    def has_written(self) -> bool:
        """Say whether the test has written into anything that the subject has, too, since it was asked last."""
        shared = self._shared
        return any(shared.content(value) != content for _, value, content in self._taken) or shared.has_changed()

    def name(self, path: tuple[str, str], answer: Answer) -> None:
        """Keep what a name stands for, unless it has content of its own."""
        if not self._restless and issubclass(type(answer.value), ProxyClass | Function):
            self._bound[path] = answer

    def unname(self, names: Iterable[str]) -> None:
        """Ask anew for what names stand for."""
        gone = {*names} if self._bound else ()
        if gone:
            self._bound = {path: each for path, each in self._bound.items() if path[1] not in gone}

    def adopted(self) -> list[tuple[Any, str]]:
        """Share what the test took and still holds, or has written into; return the places of all not yet `told`."""
        while self._taken:
            place, value, content = self._taken.pop()
            if sys.getrefcount(value) > _LOOSE or self._shared.content(value) != content:
                self._shared.adopt(value, content, ours=False)
                self._adopted.append(place)
        return self._adopted

    def told(self) -> None:
        """Take the subject as told of what was adopted."""
        self._adopted = []

    def begin(self) -> None:
        """Share nothing of what was taken before."""
        self._taken, self._adopted = [], []
