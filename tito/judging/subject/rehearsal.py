"""What a zygote goes through once before it forks many subjects: a conversation like theirs, with a text of its own.

A subject then finds the code that answers loaded, and specialized by the interpreter (PEP 659).
"""

import io
import socket
import sys
from typing import Any, Final, NamedTuple

from tito.judging.subject.server import Subject
from tito.judging.wire.codec import Encoder, pack, unpack
from tito.judging.wire.numeric import PRESENT, np

_MODULE: Final = "rehearsed"
_TEXT: Final = """
class Thing:
    def __init__(self, data):
        self.data = data

    @property
    def shape(self):
        return self.data.shape

    def doubled(self):
        return self.data * 2

    def __add__(self, other):
        return Thing(self.data + other.data)

def made(data, *, twice=False):
    return Thing([data, data] if twice else data)
"""
# The interpreter specializes what has run eight times.
_TIMES: Final = 12
_LIKELY: Final = {"Thing": ["data", "shape"]}
_MOST: Final = 1 << 20


class _Held(NamedTuple):
    """An object of the subject's, by the number that it gets: the first one that is told has 1."""

    number: int


_THING, _MADE, _FIRST = map(_Held, range(1, 4))


def rehearse() -> list[str]:
    """Have the conversation, and return what the answers were: "value" each."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        subject = Subject(theirs, ())
        kinds = []
        for request in _requests():
            encoder = Encoder(lambda held, _: {"h": held.number})
            do, *args = request
            tree = {"do": do, "args": encoder.encode(tuple(args))} | ({"fresh": True} if do == "run" else {})
            ours.sendall(pack(tree, encoder.blob))
            subject.answer()
            kinds.append(unpack(io.BytesIO(ours.recv(_MOST)))[0]["kind"])
    del sys.modules[_MODULE]
    return kinds


def _requests() -> list[tuple[Any, ...]]:
    numbers = np.arange(4.0).reshape(2, 2) if PRESENT else 4.0
    around = [
        ("find", _MODULE, "Thing"),
        ("call", _THING, (numbers,)),
        ("get", _FIRST, "data"),
        ("method", _FIRST, "doubled", ()),
        ("special", "__add__", _FIRST, _FIRST),
        ("call", _MADE, ([1, 2.5, "three"],), {"twice": True}),
    ]
    begin: list[tuple[Any, ...]] = [
        ("run", _MODULE, ((f"{_MODULE}.py", 1, _TEXT),), ((_MODULE, "Thing"),), _LIKELY, []),
        ("find", _MODULE, "made"),
    ]
    return begin + around * _TIMES
