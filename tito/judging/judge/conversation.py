"""The conversation with one subject: what is asked, what comes with the answers, and what ends it."""

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, NoReturn

from tito.errors import BrokenError
from tito.judging.judge.answers import MOST, Answer, Glances
from tito.judging.judge.calls import CallLog
from tito.judging.judge.channel import Channel
from tito.judging.judge.contract import Kind
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.guests import Guests
from tito.judging.judge.launcher import Lender, Subject
from tito.judging.judge.objects import Objects
from tito.judging.judge.raised import Error, told_fault
from tito.judging.judge.records import Records
from tito.judging.judge.sources import Sources, serve_inspect
from tito.judging.judge.surroundings import Surroundings, errors_of
from tito.judging.judge.thrown import Thrown
from tito.judging.judge.witness import Witness
from tito.judging.wire.codec import Decoder, WireError, is_data, pack, unpack
from tito.judging.wire.codecs import STANDARD
from tito.judging.wire.shared import Shared
from tito.model.outcome import Frame, Status

_STARTUP_SECONDS: Final = 20.0
_MAX_NESTING: Final = 40
_NOTHING: Final[dict[Any, Any]] = {}
_FEW: Final = 8


class Conversation(ABC):
    """The judge's end of one subject: requests and answers, and what both sides hold together.

    Every method that asks something raises what the student's code raised, as the built-in exception that it is,
    or SubjectFault when the subject is dead, silent or breaks a rule; `fault` then stays set for good. `homes` are
    the modules whose objects a subject may be handed, `records` the given classes whose objects cross by value.
    """

    def __init__(
        self, lender: Lender, subject: Subject, homes: Collection[str], records: Collection[str], *, recording: bool
    ) -> None:
        self.fault: SubjectFault | None = None
        self.broken: BrokenError | None = None
        self.calls = CallLog()
        self._lender = lender
        self._subject: Subject | None = subject
        self.scratch, self._layers = subject.scratch, subject.layers
        self._channel = Channel(subject.link, subject.output, subject.pid, subject.ask)
        self._guests = Guests(homes)
        self._thrown = Thrown(self._guests)
        self._objects = Objects(self, self._guests, records, recording=recording)
        self.sources = Sources()
        serve_inspect()
        self._codecs = STANDARD.copy() if records else STANDARD
        self._records = Records(records, self._codecs)
        self._shared = Shared(self._codecs, 1)
        self._glances = Glances(self._shared, self._glanced)
        self.witness = Witness()
        self._protocol = _Protocol(self)
        self.around: Surroundings | None = None
        self._echoed = ""
        self.lent: Callable[[], dict[str, Any]] | None = None
        self.unbound: Callable[[], list[str]] | None = None
        # Who is told that the submission has bound names to something else, and which were not told yet.
        self.rebound: Callable[[str], None] | None = None
        self._stale: Sequence[Any] = ()
        self._fresh = False
        self._reading = False
        self._seed: int | None = None
        self._nesting = 0
        self._asked = False
        self._turn = threading.RLock()
        self._ready = False

    def start(self, seconds: float) -> None:
        """Give the subject `seconds` of processor time from now on, for a test or for running the cells.

        What was handed over before is shared with it no longer, when it has what the last test wrote.
        """
        if self._ready and self._glances.has_written():
            self.settle()
        self._channel.start(seconds)
        self._objects.settle()
        self._thrown.clear()
        self._fresh = True

    def left(self) -> float:
        """Return how many of its seconds the subject has left."""
        return self._channel.clock.left()

    def ready(self) -> None:
        """Wait until the subject is confined and listens. Raises SubjectFault where it never does."""
        self.start(_STARTUP_SECONDS)
        self._receive()
        self._channel.watch(self.scratch, self._layers)
        self._ready = True

    def seed(self, value: int) -> None:
        """Seed the submission's generators before whatever is asked for next."""
        self._seed = value % (1 << 32)

    def learn(self, name: str, kind: Any) -> None:
        """Take the judge's own class for what a record's objects are made of."""
        self._records.learn(name, kind)

    @property
    def refused(self) -> Sequence[Any]:
        """What tests tried to hand over, and the subject can have no copy of."""
        return self._guests.refused

    def printed(self) -> str:
        """Return what the submission printed since the last call."""
        echoed, self._echoed = self._echoed, ""
        return echoed + self._channel.printed()

    def close(self) -> None:
        """End the subject."""
        if self._subject:
            subject, self._subject = self._subject, None
            self._channel.close()
            try:
                ending = self._lender.end(subject)
            except BrokenError as fault:
                # It went with what started it: nothing that it seems to have done is the submission's.
                self.broken = fault
                raise
            if self.fault and self.fault.status is Status.CRASHED and not self.fault.frames:
                self.fault.message = f"the process ended in the middle of the test ({ending})"

    @abstractmethod
    def admitted(self, answer: Answer, key: str) -> Any:
        """Return the value of what the subject says by itself, if it may say that."""

    @abstractmethod
    def writer(self, target: Any, name: str) -> str:
        """Return what is said to have written into what it was handed."""

    def is_data(self, value: Any) -> bool:
        """Whether a value is nothing but data."""
        return is_data(value, self._codecs)

    # Asking.

    def request(self, do: str, *args: Any) -> Any:
        """Ask the subject and return its answer, unchecked by the contract."""
        return self._converse(do, args).value

    def _converse(
        self,
        do: str,
        args: Sequence[Any],
        asked: tuple[Any, str] | None = None,
        *,
        ends: bool = False,
        exits: bool = False,
    ) -> Answer:
        if self.fault:
            raise self.fault
        # A test's threads ask one after another; what the subject asks meanwhile is served by the one that waits.
        with self._turn:
            if self._reading or self._guests.looking:
                raise WireError("nothing can be asked while a frame is read or written")
            waiting, self._asked = self._asked, True
            try:
                return self._glances.found(do, args) or self._exchange(do, args, asked, ends=ends, exits=exits)
            finally:
                self._asked = waiting

    def _exchange(
        self, do: str, args: Sequence[Any], asked: tuple[Any, str] | None, *, ends: bool, exits: bool
    ) -> Answer:
        try:
            frame = self._framed(self._asking(do), "args", tuple(args), asked)
        except WireError as fault:
            raise TypeError(str(fault)) from None
        self._objects.forget()
        self._glances.told()
        self._seed, self._fresh = None, False
        self.witness.turn += not self._nesting
        self._guarded(self._channel.send, frame)
        try:
            answer = self._receive(ends=ends, exits=exits)
        finally:
            if do == "run":
                # Before a test, whatever it reads is bound anew.
                self._stale = ()
            if self._stale:
                self._rebind()
        if do == "find":
            self._glances.name((args[0], args[1]), answer)
        return answer

    def hands(self, value: Any) -> bool:
        """Whether a value could be handed to the subject; what cannot is not noted as refused."""
        encoder, refused = self._shared.encoder(self._guests.node), self._guests.refused
        before = len(refused)
        try:
            encoder.encode(value)
        except (WireError, TypeError):
            del refused[before:]
            return False
        finally:
            encoder.forget()
        return True

    def settle(self) -> None:
        """Tell the subject what was dropped, unless it is being asked or is gone."""
        if not self._asked and self._subject and not self.fault:
            # Whoever lets go of an object expects nothing of it; what cannot go on stays so for the next question.
            with contextlib.suppress(Exception, SubjectFault):
                self.request("settle")

    def _asking(self, do: str) -> dict[str, Any]:
        """Return what a question brings along besides its arguments."""
        tree: dict[str, Any] = {"do": do}
        if self._seed is not None:
            tree["seed"] = self._seed
        if self._fresh:
            tree["fresh"] = True
            self._shared.clear()
            self._glances.begin()
        if took := self._glances.adopted():
            tree["took"] = took
        return tree

    def _rebind(self) -> None:
        """Tell which names the submission has bound to something else; whoever is told asks for them."""
        names, self._stale = self._stale, ()
        if self.fault or self.rebound is None or not isinstance(names, list):
            return
        # The test's own values must not go along: they are what has been bound to something else.
        (tell, self.rebound), (lent, self.lent) = (self.rebound, None), (self.lent, None)
        try:
            for name in dict.fromkeys(each for each in names[:MOST] if isinstance(each, str)):
                tell(name)
        finally:
            self.rebound, self.lent, self._stale = tell, lent, ()

    def _framed(self, tree: dict[str, Any], key: str, value: Any, asked: Any = None) -> bytes:
        """Return a frame with a value, and with what has changed since the last one."""
        shared = self._shared
        encoder = shared.encoder(self._thrown.node)
        try:
            if shared.objects:
                if written := shared.changes(encoder):
                    tree["written"] = written
                # What nobody holds any longer may have been written into all the same.
                shared.sweep(self.calls.held() if len(shared.objects) > _FEW else _NOTHING)
            if shared.gone:
                tree["gone"] = shared.gone
            if "do" in tree and self.lent and (names := self.lent()):
                tree["globals"] = encoder.encode(names)
                self._glances.unname(names)
            # What a name of the notebook's stands for is handed over for no question, whichever it goes along with.
            lent = len(encoder.mutables)
            tree[key] = encoder.encode(value)
            if "do" in tree and self.unbound and (gone := self.unbound()):
                tree["unbound"] = gone
                self._glances.unname(gone)
            if "do" in tree and self.around:
                tree["around"] = encoder.aside(self.around.changed())
            if "do" in tree and (dropped := self._objects.dropped()):
                tree["drop"] = dropped
            frame = pack(tree, encoder.blob)
        except BaseException:
            encoder.forget()
            raise
        shared.sent(encoder, asked, lent)
        return frame

    # What comes back.

    def _glanced(self, node: Any, blob: bytes) -> Answer:
        """Return the answer of a node that came along with another one."""
        with self._protocol:
            decoder = Decoder(blob, self._objects.value, self._codecs, self._shared.objects)
            return self._decoded(decoder.aside, node, blob)._replace(again=decoder.again)

    def _receive(self, *, ends: bool = False, exits: bool = False) -> Answer:
        while True:
            tree, blob = self._guarded(unpack, self._channel)
            with self._protocol:
                answer, kind = self._read(tree, blob), tree["kind"]
                if kind in {"raised", "left"}:
                    told, fault = told_fault(answer.value, self.sources, self)
                    self.witness.regains(fault)
                    fault = _anew(fault) if ends else _no_end(_anew(fault))
                    if kind == "raised" and not isinstance(fault, Exception):
                        raise WireError("what leaves a test was told of as an error")
            if self.around:
                self._overhear(self.around, tree.get("told"))
            match kind:
                case "value":
                    return answer
                case "raised":
                    _raise(fault)
                case "left" if exits and isinstance(fault, SystemExit):
                    _raise(fault)
                case "left":
                    self.end(Status.CRASHED, f"the submission left the test with {told.name}", told.frames)
                case "ask":
                    self._serve(answer)
                case _:
                    self.end(Status.CONTRACT, "the submission broke the protocol: an unknown kind of frame")

    def _read(self, tree: Any, blob: bytes) -> Answer:
        """Take in all that a frame tells and return the answer that it brings."""
        objects, shared = self._objects, self._shared
        self._reading = True
        try:
            if "new" in tree:
                objects.learn(tree["new"])
            decoder = shared.decoder(blob, objects.value)
            begun = decoder.following
            written = _contents(decoder, tree["written"]) if "written" in tree else ()
            contents = _contents(decoder, tree["contents"]) if "contents" in tree else ()
            first = decoder.following
            answer = self._decoded(decoder.decode, tree["value"], blob)
            if answer.kind is Kind.OBJECT:
                # So that it can be read once more, without the rest of its frame.
                before = dict(zip(range(begun, first, -1), decoder.mutables, strict=False))
                answer = answer._replace(first=first, again=decoder.again | before)
            stale = tree.get("rebound", ())
            self._glances.see(tree.get("held", ()), blob, restless="restless" in tree, rebound=stale)
            if stale:
                self._stale = stale
            if decoder.mutables:
                shared.received(decoder, _places(tree.get("kept", ()), len(decoder.mutables)))
            for number, content in written:
                self._write(number, content)
            if "gone" in tree:
                for number in tree["gone"]:
                    shared.forget(number)
            for number, content in contents:
                objects.refill(number, content)
            if shared.objects:
                shared.note()
        finally:
            self._reading = False
        return answer

    def _decoded(self, decode: Callable[[Any], Any], node: Any, blob: bytes) -> Answer:
        if not isinstance(node, dict | list):
            return Answer(node, Kind.DATA)
        objects = self._objects
        before, loud = objects.others, objects.loud
        objects.streams = []
        value = decode(node)
        kind = Kind.DATA if objects.others == before else Kind.OBJECT
        if objects.recording and kind is Kind.DATA and not objects.streams and not self.is_data(value):
            # A container that is handed back comes as its number, whatever it holds.
            kind = Kind.OBJECT
        return Answer(value, kind, node, blob, objects.streams, quiet=objects.loud == loud)

    def _write(self, number: int, content: Any) -> None:
        """Give the test's own object what the submission wrote into it, unless that is not to be heeded."""
        asked, value = self._shared.origin(number), self._shared.objects.get(number)
        self.calls.overwritten(value)
        # What the submission has made is its own, whoever hands it over.
        if asked is None or self.calls.gave(value) or self.witness.written(self.writer(*asked)):
            self._shared.write(number, content)
        else:
            self._shared.insist(number)

    def _overhear(self, around: Surroundings, told: Any) -> None:
        printed, told = "", told if isinstance(told, dict) else {}
        if around.listening:
            printed = self._channel.printed()
            self._echoed += printed
        self._echoed += errors_of(told)
        around.hear(printed, told)

    # What the subject asks meanwhile.

    def _serve(self, asked: Answer) -> None:
        # What the test's own object asks for meanwhile, the student's code may have changed since.
        self._glances.overlook()
        if self._stale:
            self._rebind()
        self._nesting += 1
        try:
            _check_nesting(self._nesting)
            what, *args = self.admitted(asked, f"asks {asked.value[0]}")
            heeded = what != "set" or self.witness.written(self._guests.named(*args[:2]))
            value = self._guests.serve(what, *args, heeded=heeded)
            frame = self._framed({"kind": "value"}, "value", value)
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - it goes on in the subject, as it would in one process
            if isinstance(fault, AssertionError) or hasattr(fault, "_tito_raised"):
                self.witness.loses(fault)
            frame = self._framed({"kind": "raised"}, "value", fault)
        except BaseException:
            self._abandon()
            raise
        finally:
            self._nesting -= 1
        self._guarded(self._channel.send, frame)

    def _abandon(self) -> None:
        # The subject waits for an answer that will not come: nothing more can be asked of it.
        self.fault = self.fault or SubjectFault(Status.FAILED, "the test ended inside a call of its own object")

    # When a rule is broken.

    def expire(self, seconds: float) -> None:
        """End the test at hand, in which the judge itself has computed for `seconds`."""
        if self._subject:
            what = f"the test computed for more than {seconds:g} s with what the submission gave"
            self.fault = self.fault or SubjectFault(Status.TIMEOUT, what)
            raise self.fault

    def _guarded(self, do: Callable[..., Any], *args: Any) -> Any:
        try:
            return do(*args)
        except WireError as fault:
            self.end(Status.CONTRACT, f"the submission broke the protocol: {fault}")
        except SubjectFault as fault:
            self.fault = fault
            if fault.status is Status.TIMEOUT and self._ready:
                fault.frames = self.sources.frames(self._channel.where())
            self.close()
            raise

    def end(self, status: Status, message: str, frames: tuple[Frame, ...] = ()) -> NoReturn:
        """End the subject for a fault of its own, and say so to the test."""
        self.fault = SubjectFault(status, message, frames)
        self.close()
        raise self.fault


# What reading a malformed frame may raise, besides WireError.
_MALFORMED: Final = (
    LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, MemoryError, BufferError,
)  # fmt: skip


class _Protocol:
    """Whatever malformed content makes our own reading raise becomes the subject's fault."""

    def __init__(self, session: Conversation) -> None:
        self._session = session

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if fault is not None and isinstance(fault, (WireError, *_MALFORMED)):
            self._session.end(Status.CONTRACT, f"the submission broke the protocol: {fault}")


def _contents(decoder: Decoder, told: Any) -> list[tuple[Any, Any]]:
    return [(number, decoder.content(node)) for number, node in told]


def _places(told: Any, count: int) -> Sequence[int]:
    if not told:
        return ()
    if len(set(told)) != len(told) or not all(type(each) is int and 0 <= each < count for each in told):
        raise WireError("what is kept is malformed")
    return list(told)


def _raise(fault: BaseException) -> NoReturn:
    """Raise an exception that was raised while the subject handled another, whatever the test handles."""
    context = fault.__context__
    try:
        raise fault
    finally:
        if context is not None:
            fault.__context__ = context


def _anew(fault: BaseException) -> BaseException:
    """Return an exception to raise: where a test met a student's one before is not where it is raised now."""
    return fault.with_traceback(None) if isinstance(fault, Error) else fault


def _no_end(fault: BaseException) -> BaseException:
    """Return what a test sees of an exception; one that ends loops is none, unless an iterator was asked for more.

    Otherwise a call within `map` or a comprehension would end the test's own loop, as if all had been tried (PEP 479
    says the same of generators).
    """
    if not isinstance(fault, StopIteration | StopAsyncIteration):
        return fault
    made = RuntimeError("the submission raised StopIteration")
    made.__cause__ = fault
    made._tito_raised = fault._tito_raised  # type: ignore[attr-defined, union-attr]
    return made


def _check_nesting(depth: int) -> None:
    if depth > _MAX_NESTING:
        raise RecursionError("the test's objects call each other too deeply")
