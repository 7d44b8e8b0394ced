"""Fuzz targets of the wire: bytes in, nothing out, and an assertion where a rule of the wire does not hold.

The bytes choose frames that are mostly well formed, since those get furthest; atheris, hypothesis and plain random
numbers all can steer that.
"""

import contextlib
import io
import json
import os
import socket
import struct

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault, raised
from tito.judging.judge.launcher import Ending
from tito.judging.judge.launcher import Subject as Started
from tito.judging.judge.session import Session
from tito.judging.subject.server import Subject
from tito.judging.wire.codec import Decoder, WireError, unpack

LEAVES = [
    None, True, 0, 1, 2, -1, 2**63, 1.5, "", "a", "value", "raised", "left", "ask", "get", "call", "special", "__eq__",
    "__class__", "_tito_number", "<f4", "|O8", "<U4", "V8", "nan", "0x10", "Ellipsis", "numpy.float32", "ValueError",
    "numpy.add", "builtins.len", "f", "work", "invoke", "x" * 100,
]  # fmt: skip
TAGS = [*"anltdszbficeryokhqpjg", "", "zz"]
CLASS = {"number": 1, "name": "C", "bases": [], "methods": ["m"], "special": ["__eq__", "__iter__"], "error": None, "ufunc": False}  # fmt: skip
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
        served._reader._file.close()
        theirs.close()
        replies = _replies(ours)
    assert len(replies) <= 1 + len(frames)
    assert all(each["kind"] in {"value", "raised", "left", "ask"} for each in replies)


TARGETS = {"decoder": decoder, "judge": judge, "subject": subject}


def _answer(chooser):
    kind = chooser.of(["value", "value", "value", "raised", "left", "ask", "other"])
    value = chooser.node()
    if kind in {"raised", "left"}:
        fault = ["Odd", {"l": chooser.of([["ValueError"], [], ["SystemExit"]])}, "text", {"l": []}, None]
        value = {"t": fault}
    if kind == "ask":
        value = {"t": [chooser.of(["get", "special", "invoke", "x"]), chooser.below(3), chooser.of(LEAVES), chooser.node()]}  # fmt: skip
    told = [CLASS | {"number": number, "bases": [1][: chooser.below(2)]} for number in (1, 2)][: chooser.below(3)]
    for each in told[: chooser.below(8) == 1]:
        each[chooser.of(sorted(each))] = chooser.tree()
    held = [[chooser.of([1, 2, "work"]), {"f": chooser.node()}]][: chooser.below(2)]
    written = [[chooser.below(3), chooser.node()]][: chooser.below(8) == 1]
    return chooser.frame({"kind": kind, "value": value, "written": written, "held": held, "new": told})


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
