"""Fuzz targets of the wire: bytes in, nothing out, and an assertion where a rule of the wire does not hold.

The bytes choose frames that are mostly well formed, since those get furthest; atheris, hypothesis and plain random
numbers all can steer that.
"""

import collections
import contextlib
import datetime as dt
import decimal
import fractions
import functools
import io
import itertools
import json
import operator
import os
import random
import re
import socket
import struct
import warnings

import numpy as np

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault, raised
from tito.judging.judge.launcher import Ending
from tito.judging.judge.launcher import Subject as Started
from tito.judging.judge.session import Session
from tito.judging.subject.server import Subject
from tito.judging.wire.codec import Decoder, Encoder, WireError, unpack
from tito.judging.wire.codecs import register

LEAVES = [
    None, True, 0, 1, 2, -1, 2**63, 1.5, "", "a", "value", "raised", "left", "ask", "get", "call", "special", "__eq__",
    "__class__", "_tito_number", "<f4", "|O8", "<U4", "V8", "nan", "0x10", "Ellipsis", "numpy.float32", "ValueError",
    "numpy.add", "builtins.len", "f", "work", "invoke", "x" * 100,
]  # fmt: skip
TAGS = [*"anltdszbficeryokhqpjgmuvx=", "", "zz"]
CLASS = {"number": 1, "name": "C", "bases": [], "methods": ["m"], "special": ["__eq__", "__iter__"], "native": "", "natives": [],
         "outer": "", "library": "", "enum": "", "errors": [], "meta": [], "fields": None, "doc": "", "unhashable": False}  # fmt: skip
REQUESTS = ["find", "get", "set", "delete", "call", "method", "special", "derive", "run", "seed", "nothing"]


class Chooser:
    """Choices that a string of bytes makes; zeros once it is used up."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def below(self, count):
        return (self._data.read(1) or b"\0")[0] % count

    def of(self, options):
        return options[self.below(len(options))]

    def rest(self):
        return self._data.read()

    def tree(self, depth=0):
        match self.below(8):
            case 0 | 1 | 2:
                return self.of(LEAVES)
            case 3 if depth < 6:
                return [self.tree(depth + 1) for _ in range(self.below(5))]
            case 4 if depth < 6:
                return {self.of(LEAVES[8:]): self.tree(depth + 1) for _ in range(self.below(4))}
        return self.node(depth)

    def node(self, depth=0):
        if depth > 6:
            return self.of(LEAVES)
        match self.of(TAGS):
            case "h" as tag:
                return {tag: [self.below(4), self.below(3)]}
            case ("l" | "t" | "d" | "s" | "z") as tag:
                return {tag: [self.node(depth + 1) for _ in range(self.below(4))]}
            case "a" as tag:
                return {tag: [self.of(["<f4", "|b1", "|O", "<U2"]), [self.below(4)], [self.below(3), self.below(20)]]}
            case tag:
                return {tag: self.tree(depth + 1)}

    def frame(self, fields):
        """Return a frame of `fields`, one of which is sometimes anything, missing or not a dict's."""
        whole = dict(fields)
        match self.below(16):
            case 0:
                whole.pop(self.of(sorted(whole)))
            case 1:
                whole[self.of(sorted(whole))] = self.tree()
            case 2:
                whole = self.tree()
        text = json.dumps(whole).encode()
        blob = bytes(range(self.below(24)))
        size = len(text) + (self.below(3) - 1 if self.below(32) == 1 else 0)
        return struct.pack(">II", size, len(blob)) + text + blob


class NoZygote:
    """Starts nothing, and ends what was never started."""

    def end(self, subject):
        subject.link.close()
        os.close(subject.output)
        return Ending(0, 0)


class Guest:
    """One of the test's own objects, whose names end in nothing of the judge's."""

    public = 7

    def __call__(self, *args, **named):
        return args[:1]


def decoder(data):
    """Whatever arrives is a value or a WireError."""
    chooser = Chooser(data)

    def other(*_):
        raise WireError

    with contextlib.suppress(WireError, EOFError):
        tree, blob = unpack(_Exact(chooser.frame({"value": chooser.node()})))
        Decoder(blob, other).decode(tree["value"] if isinstance(tree, dict) and "value" in tree else tree)
    with contextlib.suppress(WireError, EOFError):
        unpack(_Exact(chooser.rest()))


def judge(data):
    """Whatever a subject sends, the judge gets an answer, the student's exception or the subject's fault."""
    chooser = Chooser(data)
    ours, theirs = socket.socketpair()
    output, printed = os.pipe()
    os.set_blocking(output, False)
    session = Session(NoZygote(), Started(os.getpid(), 0, ours, output, ""), Contract(recording=True), {__name__})
    try:
        theirs.send(b"".join(_answer(chooser) for _ in range(12)))
        theirs.shutdown(socket.SHUT_WR)
        for step in (session.ready, lambda: session.run("work", []), lambda: _use(session, chooser)):
            _step(session, step)
        assert session.fault is None or _step(session, lambda: session.find("work", "f")) is session.fault
    finally:
        session.close()
        theirs.close()
        os.close(printed)


def subject(data):
    """Whatever is asked, a subject answers each request at most once, and ends at the first broken rule."""
    chooser = Chooser(data)
    ours, theirs = socket.socketpair()
    frames = [_request(chooser) for _ in range(8)]
    with ours, theirs:
        ours.send(b"".join(frames))
        ours.shutdown(socket.SHUT_WR)
        served = Subject(theirs, ())
        with contextlib.suppress(EOFError, WireError, LookupError, TypeError, ValueError, AttributeError):
            served.listen()
        theirs.close()
        replies = _replies(ours)
    assert len(replies) <= 1 + len(frames)
    assert all(each["kind"] in {"value", "raised", "left", "ask"} for each in replies)


def library(data):
    """A library's value with anything in its parts' places is refused, or does what its methods say."""
    chooser = Chooser(data)
    values = samples()
    encoder = Encoder(_refused)
    node, blob = encoder.encode(values[chooser.below(len(values))]), bytearray(encoder.blob)
    for _ in range(1 + chooser.below(3)):
        node = _changed(node, chooser)
        if blob:
            blob[chooser.below(256) % len(blob)] = chooser.below(256)
    with contextlib.suppress(WireError):
        _used(Decoder(bytes(blob), _refused).decode(node))


@functools.cache
def samples():
    """Return a value of each kind that libraries' codecs know; of pandas and scipy where these are installed."""
    day = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    found = [
        day, day.date(), dt.timedelta(1), decimal.Decimal("1.5"), fractions.Fraction(1, 3), collections.Counter("aab"),
        collections.deque([1, 2], 3), collections.defaultdict(list, a=[1]), collections.OrderedDict(a=1), {1: 2}.keys(),
        np.array(["2026"], "M8[D]"), np.array([(1, "a")], [("n", "i4"), ("s", "U3")]), np.array([1, None, "x"], object),
        np.ma.array([1, 2], mask=[0, 1]), np.datetime64("2026"), random.Random(1), re.search("b", "abc"),  # noqa: S311
        *(np.random.Generator(each(1)) for each in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64)),
    ]  # fmt: skip
    with contextlib.suppress(ImportError):
        found += _frames()
    return found


def _frames():
    import pandas as pd
    from scipy import sparse

    register(["pandas", "scipy"])
    frame = pd.DataFrame(
        {
            "n": [1, 2], "s": ["a", None], "c": pd.Categorical(["x", "y"]), "t": pd.date_range("2026", periods=2, tz="UTC"),
            "I": pd.array([1, None], dtype="Int64"), "p": pd.period_range("2026", periods=2, freq="M"),
            "i": pd.interval_range(0, 2), "o": [[1], None], "d": pd.to_timedelta([1, 2], unit="s"),
        }
    )  # fmt: skip
    matrices = (
        getattr(sparse, f"{name}_array")(np.eye(3)) for name in ("csr", "csc", "coo", "dia", "bsr", "lil", "dok")
    )
    return [
        frame,
        frame.set_index(["c", "n"]),
        *(frame[name] for name in frame),
        pd.Timestamp("2026"),
        pd.Period("2026"),
        *matrices,
    ]


def _changed(node, chooser):
    """Return a node with one of its places changed to another number, name, tag or tree."""
    if isinstance(node, list) and node:
        place = chooser.below(len(node))
        return [*node[:place], _changed(node[place], chooser), *node[place + 1 :]]
    if isinstance(node, dict) and node and chooser.below(8):
        ((tag, body),) = list(node.items())[:1]
        return {tag: _changed(body, chooser)}
    if type(node) is int:
        return node + chooser.of([-1, 1, 3, 255, -(2**31), 2**31, 2**62, -node * 2])
    return chooser.of([*LEAVES, chooser.tree(2)])


def _used(value):
    """Do with a value what tests do, as far as it goes in little memory."""
    small = getattr(value, "size", 0)
    uses = [repr, len, hash, bool, str, lambda it: list(itertools.islice(it, 50)), lambda it: it == it]  # noqa: PLR0124
    if isinstance(small, int) and small < 10_000 and max(np.shape(value) or (0,)) < 1_000:
        names = ("sum", "mean", "max", "toarray", "tocsr", "tocsc", "transpose", "describe", "head", "to_dict", "copy",
                 "value_counts", "to_numpy", "isna", "sort_index", "random", "isoformat", "filled", "tolist", "groups")  # fmt: skip
        uses += [operator.methodcaller(name) for name in names]
        uses += [
            lambda it: it @ it.T,
            lambda it: it.groupby(level=0).size(),
            lambda it: it.dt.year,
            lambda it: it.cat.codes,
        ]
        uses += [lambda it: it.integers(9, size=700), lambda it: it.normal(size=700)]
    for use in uses:
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            use(value)


def _refused(*_):
    raise WireError("no data")


TARGETS = {"decoder": decoder, "judge": judge, "subject": subject, "library": library}


def _answer(chooser):
    kind = chooser.of(["value", "value", "value", "raised", "left", "ask", "other"])
    value = chooser.node()
    if kind in {"raised", "left"}:
        paths = chooser.of([["builtins:ValueError"], [], ["builtins:SystemExit"], ["json.decoder:JSONDecodeError"]])
        more = {"d": chooser.of([[], ["args", {"t": [1]}], ["state", {"d": ["n", 1]}], ["cause", chooser.node()]])}
        fault = ["Odd", {"l": paths}, "text", {"l": []}, None, chooser.below(3), more]
        value = {"t": fault}
    if kind == "ask":
        value = {"t": [chooser.of(["get", "special", "invoke", "x"]), chooser.below(3), chooser.of(LEAVES), chooser.node()]}  # fmt: skip
    told = [CLASS | {"number": number, "bases": [1][: chooser.below(2)]} for number in (1, 2)][: chooser.below(3)]
    for each in told[: chooser.below(8) == 1]:
        each[chooser.of(sorted(each))] = chooser.tree()
    held = [[chooser.of([1, 2, "work"]), {"f": chooser.node()}]][: chooser.below(2)]
    written = [[chooser.below(3), chooser.node()]][: chooser.below(8) == 1]
    more = {"kept": [chooser.below(3)][: chooser.below(2)], "gone": [chooser.below(4) - 2][: chooser.below(2)]}
    contents = [[chooser.below(3), chooser.node()]][: chooser.below(8) == 1]
    if chooser.below(4) == 1:
        more["rebound"] = chooser.of([["f"], ["f", 3], [{}], "f", 5, [["f"]], {"f": 1}])
    frame = {
        "kind": kind,
        "value": value,
        "written": written,
        "contents": contents,
        "held": held,
        "new": told,
        **more,
    }
    return chooser.frame(frame)


def _request(chooser):
    args = [{"h": chooser.below(4)}, chooser.of(LEAVES), {"t": [chooser.node()]}, {"d": []}, None]
    return chooser.frame(
        {"do": chooser.of(REQUESTS), "args": {"t": args[: chooser.below(6)]}, "drop": [chooser.below(4)]}
    )


def _use(session, chooser):
    found = session.find("work", "f")
    for _ in range(6):
        match chooser.below(6):
            case 0:
                found.name  # noqa: B018 - likewise
            case 1:
                found(Guest(), [1, 2], {"k": 1})
            case 2:
                found == 3  # noqa: B015 - the operation is what is tried
            case 3:
                list(zip(range(3), found, strict=False))
            case 4:
                str(found)
            case 5:
                found.name = [1]


def _step(session, step):
    """Do a step; what comes of it is the subject's fault, an exception that it told of, or plain data's own."""
    try:
        step()
    except SubjectFault as fault:
        assert session.fault is fault  # noqa: PT017
        return fault
    except (NameError, TypeError, AttributeError, ValueError) as fault:
        # Plain data has no name, is not callable, or cannot be iterated over: a test would fail by that.
        return fault
    except Exception as fault:  # noqa: BLE001 - and is checked
        assert raised(fault), repr(fault)  # noqa: PT017
        return fault


def _replies(link):
    content = io.BytesIO()
    while part := link.recv(1 << 16):
        content.write(part)
    content.seek(0)
    found = []
    while content.tell() < len(content.getbuffer()):
        found.append(unpack(_Exact(content))[0])
    return found


class _Exact:
    """A stream that gives exactly what is asked for, or EOFError."""

    def __init__(self, content):
        self._file = content if isinstance(content, io.BytesIO) else io.BytesIO(content)

    def read(self, size):
        part = self._file.read(size)
        if len(part) < size:
            raise EOFError
        return part
