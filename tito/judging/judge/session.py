"""A session: one subject as the judge talks to it, request by request, with every rule kept."""

import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, NamedTuple, NoReturn

import numpy as np

from tito.errors import BrokenError
from tito.judging.judge.calls import Call, CallLog
from tito.judging.judge.channel import Channel
from tito.judging.judge.contract import Contract, Kind
from tito.judging.judge.faults import Raised, SubjectFault
from tito.judging.judge.functions import Function
from tito.judging.judge.guests import Guests
from tito.judging.judge.launcher import Lender, Subject
from tito.judging.judge.objects import Objects
from tito.judging.judge.proxies import BUILTIN_ERRORS, Error, Proxy, ProxyClass, pickled
from tito.judging.judge.raised import told_fault
from tito.judging.judge.records import Records
from tito.judging.judge.sources import Sources, serve_inspect
from tito.judging.judge.streams import Stream, walk
from tito.judging.judge.surroundings import Surroundings
from tito.judging.judge.witness import Witness
from tito.judging.wire.codec import Decoder, WireError, pack, unpack
from tito.judging.wire.codecs import STANDARD, Codecs
from tito.judging.wire.operations import REFLECTED
from tito.judging.wire.shared import Shared
from tito.model.outcome import Frame, Status

_STARTUP_SECONDS: Final = 20.0
_MAX_NESTING: Final = 40
_MAX_GLANCES: Final = 1_000
_NOTHING: Final[dict[Any, Any]] = {}
# How often something is referred to that the test holds no longer: by what came along, by the log of its calls, and
# by those who ask.
_LOOSE: Final = 4
_FEW: Final = 8


class _Answer(NamedTuple):
    """What came for one question: its value, and the node that this was made of, with the blob that it lies in."""

    value: Any
    kind: Kind
    node: Any = None
    blob: bytes = b""
    streams: Sequence[Stream] = ()


class Session:
    """The judge's end of one subject.

    Every method that asks something raises what the student's code raised, as the built-in exception that it is,
    or SubjectFault when the subject is dead, silent or breaks a rule; `fault` then stays set for good.
    `codecs` are those of the libraries whose values cross, `records` the given classes whose objects do, too.
    """

    def __init__(
        self,
        lender: Lender,
        subject: Subject,
        contract: Contract,
        homes: Collection[str],
        codecs: Codecs = STANDARD,
        records: Collection[str] = (),
    ) -> None:
        self.fault: SubjectFault | None = None
        self.broken: BrokenError | None = None
        self.calls = CallLog()
        self._lender = lender
        self._subject: Subject | None = subject
        self.scratch, self._layers = subject.scratch, subject.layers
        self._channel = Channel(subject.link, subject.output, subject.pid, subject.ask)
        self._contract = contract
        self._guests = Guests(homes)
        self._objects = Objects(self, self._guests, records, recording=contract.recording)
        self.sources = Sources()
        serve_inspect()
        self._codecs = codecs.copy() if records else codecs
        self._records = Records(records, self._codecs)
        self._shared = Shared(self._codecs, 1)
        # What came along with the last answer, as nodes until it is looked at, and what was taken of it since.
        self._glances: dict[Any, dict[str, Any]] = {}
        self._blob = b""
        self._taken: list[tuple[tuple[Any, str], Any]] = []
        self._took: list[tuple[Any, str]] = []
        self.witness = Witness()
        self.around: Surroundings | None = None
        self._echoed = ""
        self.lent: Callable[[], dict[str, Any]] | None = None
        self.unbound: Callable[[], list[str]] | None = None
        # Who is told that the submission has bound names to something else, and which were not told yet.
        self.rebound: Callable[[str], None] | None = None
        self._stale: Sequence[Any] = ()
        # Classes that tests name, and what others are in the reference's place.
        self._named: set[Any] = set()
        self._played: dict[Any, set[str]] = {}
        self._pickled: list[Any] = []
        self._fresh = False
        self._reading = False
        self._seed: int | None = None
        self._nesting = 0
        self._ready = False

    # What the runner does.

    def start(self, seconds: float) -> None:
        """Give the subject `seconds` of processor time from now on, for a test or for running the cells.

        What was handed over before is shared with it no longer.
        """
        self._channel.start(seconds)
        self._objects.settle()
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

    def run(
        self,
        module: str,
        cells: Sequence[tuple[str, int, str]],
        wanted: Collection[tuple[str, str]] = (),
        *,
        showing: bool = False,
    ) -> list[tuple[int, Raised]]:
        """Run the cells (label, first line, source) as `module`; return those that failed, with what they raised.

        `wanted` are the (module, name) that will be looked for first; the answer brings them along. All names are
        the last module's that was run. With `showing`, the subject can be asked for the "value" that the last cell
        ended in, and for "pictures".
        """
        more = (True,) if showing else ()
        for label, line, source in cells:
            self.sources.add(label, line, source)
        try:
            known = (self._contract.attributes(), self._records.names)
            failed, there = self.request("run", module, tuple(cells), tuple(wanted), *known, *more)
        except Exception as fault:  # noqa: BLE001 - cells that raise are told of one by one
            self.end(Status.CONTRACT, f"the submission broke the protocol: running its cells raised {fault}")
        with self._protocol():
            self._records.found(there)
            return [(_place(place, cells), told_fault(fault, self.sources, self)[0]) for place, fault in failed]

    def learn(self, name: str, kind: Any) -> None:
        """Take the judge's own class for what a record's objects are made of."""
        self._records.learn(name, kind)

    def find(self, module: str, name: str) -> Any:
        """Return what the subject's `module` binds to `name`. Raises NameError where it does not."""
        try:
            found = self._checked(("find", module, name), module, name)
        except Exception:  # noqa: BLE001 - a submission may have put anything in its module's place
            raise NameError(f"name {name!r} is not defined", name=name) from None
        if isinstance(found, ProxyClass):
            # The contract knows the class by the name that the lesson gives it.
            known = found._tito_names if found in self._named else ()
            found._tito_names = (name, *(each for each in known if each != name))
            self._named.add(found)
        return found

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

    # What proxies ask for.

    def get(self, target: Any, name: str) -> Any:
        """Return an attribute."""
        if name.startswith("__"):
            # Asked by the test engine as often as by a test, and nothing that a student's code does.
            return self._checked(("get", target, name), target, name)
        return self._logged(Call("get", target, name), ("get", target, name), target, name)

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        self._logged(Call("set", target, name, (value,)), ("set", target, name, value), None, "set")

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute."""
        self.request("delete", target, name)

    def call(self, target: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a class, a function or a callable object."""
        return self._logged(
            Call("call", target, "", args, named),
            ("call", target, args, named) if named else ("call", target, args),
            target,
            "()" if isinstance(target, type | Function) else "__call__()",
        )

    def method(self, target: Any, name: str, args: tuple[Any, ...], named: dict[str, Any], owner: Any) -> Any:
        """Call a method; `owner` is the class whose method it is to be, or None for the object's own."""
        rare = (named, owner) if named or owner is not None else ()
        request = ("method", target, name, args, *rare)
        return self._logged(Call("method", target, name, args, named), request, target, f"{name}()")

    def special(self, name: str, *args: Any) -> Any:
        """Do one of Python's own operations on the first of `args`."""
        request = ("special", name, *args)
        if name in {"__repr__", "__str__", "__format__", "__dir__"}:
            return self._checked(request, args[0], name)
        call, known = Call("special", args[0], name, args), REFLECTED.get(name, name)
        return self._logged(call, request, args[0], known, ends=name == "__next__")

    def item(self, stream: Stream, do: str, *args: Any) -> Any:
        """Ask an iterator for its next item."""
        answer = self._converse(do, args, ends=True, exits=True)
        value = self._accepted(answer, (*stream._tito_keys, f"{type(stream).__name__}.__next__"))
        if issubclass(type(value), Proxy):
            self._meet(value, f"{stream._tito_keys[0]}.__next__")
        witness = self.witness
        return witness.answered(f"{stream._tito_keys[0]}.__next__", value, (do, *args)) if witness.watching else value

    def walked(self, iterable: Stream) -> Stream:
        """Begin a walk along an iterable."""
        found = self._converse("special", ("__iter__", iterable), exits=True).value
        along = found if isinstance(found, Stream) else walk(self, found, again=False)
        if along is None:
            raise TypeError(f"iter() returned non-iterator of type {type(found).__name__!r}")
        along._tito_keys = iterable._tito_keys
        return along

    def copied(self, target: Any, *, deep: bool) -> Any:
        """Copy an object where it is."""
        answer = self._converse("deepcopy" if deep else "copy", (target,))
        same = type(answer.value) is type(target)
        return answer.value if same else self._accepted(answer, _keys(target, "__copy__"))

    def pickled(self, kept: Any) -> int:
        """Hold an object for a pickle that stands for it."""
        self._pickled.append(kept)
        return pickled(kept)

    def from_text(self, function: Any, name: str) -> Any:
        """Return the code or the signature of a function as the submission's text says. Raises AttributeError."""
        place = self.request("place", function)
        found = self.sources.described(function.__name__, place, name, bound=function._tito_sort == "method")
        if found is None:
            raise AttributeError(f"{function.__name__!r} is not in the submission's text", name=name, obj=function)
        return found

    def hold(self, number: int, fault: Error) -> None:
        """Let an exception ask for what the subject's one has."""
        self._objects.hold(number, fault)

    def fault_of(self, told: Any) -> BaseException:
        """Return the exception that is told of."""
        return told_fault(told, self.sources, self)[1]

    def drop(self, number: int) -> None:
        """Note that the test holds an object no longer; the subject is told with the next request."""
        self._objects.drop(number)

    def adopt(self, kind: ProxyClass) -> None:
        """Take a test's own subclass as the class of the objects that the subject makes of it."""
        self._objects.adopt(kind)

    # The conversation.

    def request(self, do: str, *args: Any) -> Any:
        """Ask the subject and return its answer, unchecked by the contract."""
        return self._converse(do, args).value

    def _logged(self, call: Call, request: tuple[Any, ...], target: Any, name: str, *, ends: bool = False) -> Any:
        try:
            call.result = self._checked(request, target, name, ends=ends, exits=True)
        except (Exception, SystemExit) as fault:
            call.raises = f"{type(fault).__name__}: {fault}".removesuffix(": ")
            raise
        except SubjectFault as fault:
            call.raises = fault.message
            raise
        finally:
            self.calls.add(call)
        return call.result

    def _checked(
        self, request: tuple[Any, ...], target: Any, name: str, *, ends: bool = False, exits: bool = False
    ) -> Any:
        """Ask for what the contract knows as `name` of `target`; data is always welcome."""
        witness = self.witness
        if witness.rewriting:
            request = witness.rewrite(_keys(target, name)[0], request)
        origin, self._objects.origin = self._objects.origin, (target, name)
        try:
            answer = self._converse(request[0], request[1:], (target, name), ends=ends, exits=exits)
        finally:
            self._objects.origin = origin
        value = answer.value
        if answer.kind is Kind.OBJECT or answer.streams or self._contract.recording:
            value = self._accepted(answer, self._agreed(target, name), function=type(target) is Function)
            if issubclass(type(value), Proxy):
                self._meet(value, _keys(target, name)[0])
        if not witness.watching:
            return value
        witness.asked(target)
        return witness.answered(_keys(target, name)[0], value, request)

    def keyed(self, target: Any, name: str) -> str:
        """Return what the contract calls an answer first."""
        return _keys(target, name)[0]

    def _meet(self, value: Any, key: str) -> None:
        """Take an object for what the reference gave there: what its class calls itself decides nothing."""
        if callable(value):
            self._objects.known.setdefault(value._tito_number, key)
        kind = type(value)
        names = getattr(kind, "_tito_names", ())
        role = self._contract.role(key, names[0]) if names else ""
        if role and kind not in self._named and not self._contract.recording:
            played = self._played.setdefault(kind, set())
            played.add(role)
            kind._tito_names = tuple(sorted(played))

    def _agreed(self, target: Any, name: str) -> tuple[str, ...]:
        """Return the names under which the contract may know an answer, also where the reference has a function."""
        keys = _keys(target, name)
        if name == "__call__()" and not self._contract.knows(keys):
            known = self._objects.known.get(getattr(target, "_tito_number", 0))
            return (f"{known}()",) if known else keys
        if self._played and not self._contract.recording:
            # A class that plays two of the reference's answers as each of them has to.
            return tuple(sorted(keys, key=lambda key: self._contract.kinds.get(key) in {None, Kind.OBJECT}))
        return keys

    def _accepted(self, answer: _Answer, keys: tuple[str, ...], *, function: bool = False) -> Any:
        """Return an answer's value, reduced to data where the contract wants data."""
        for each in answer.streams:
            each._tito_keys = tuple(f"{key}[]" for key in keys)
        kind = Kind.STREAM if isinstance(answer.value, Stream) else answer.kind
        if self._contract.accepts(keys, kind, function=function) or self._contract.calls(keys, answer.value):
            return answer.value
        reduced = self._reduced(answer)
        if reduced.kind is Kind.OBJECT:
            value = answer.value
            if walker := walk(self, value, again=self._contract.walks(keys)):
                return self._accepted(_Answer(walker, Kind.DATA, streams=[walker]), keys, function=function)
            found = f"an object of class {type(value).__name__!r}" if isinstance(value, Proxy) else "an object"
            self.end(Status.CONTRACT, f"{keys[0]}: the submission gave {found} where plain data is expected")
        self._objects.reduced(answer.value, reduced.value)
        return self._accepted(reduced, keys, function=function)

    def _reduced(self, answer: _Answer) -> _Answer:
        """Return an answer in which what derives from a class of data is that data."""
        self._objects.reducing = True
        try:
            with self._protocol():
                known = self._shared.objects
                decoder = Decoder(answer.blob, self._objects.value, self._codecs, known, 0, 1)
                return self._decoded(decoder.decode, answer.node, answer.blob)
        finally:
            self._objects.reducing = False

    def _decoded(self, decode: Callable[[Any], Any], node: Any, blob: bytes) -> _Answer:
        if not isinstance(node, dict | list):
            return _Answer(node, Kind.DATA)
        objects = self._objects
        before = objects.others
        objects.streams = []
        value = decode(node)
        kind = Kind.DATA if objects.others == before else Kind.OBJECT
        return _Answer(value, kind, node, blob, objects.streams)

    def _converse(
        self,
        do: str,
        args: Sequence[Any],
        asked: tuple[Any, str] | None = None,
        *,
        ends: bool = False,
        exits: bool = False,
    ) -> _Answer:
        if self.fault:
            raise self.fault
        if self._reading:
            raise WireError("an answer cannot be compared while it is read")
        if seen := self._glance(do, args):
            return seen
        try:
            frame = self._framed(self._asking(do), "args", tuple(args), asked)
        except WireError as fault:
            raise TypeError(str(fault)) from None
        self._objects.forget()
        self._seed, self._fresh, self._took = None, False, []
        self._guarded(self._channel.send, frame)
        try:
            return self._receive(ends=ends, exits=exits)
        finally:
            if self._stale:
                self._rebind()

    def _asking(self, do: str) -> dict[str, Any]:
        """Return what a question brings along besides its arguments."""
        tree: dict[str, Any] = {"do": do}
        if dropped := self._objects.dropped():
            tree["drop"] = dropped
        if self._seed is not None:
            tree["seed"] = self._seed
        if self._fresh:
            tree["fresh"] = True
            self._shared.clear()
            self._taken, self._took = [], []
        elif self._taken:
            self._took += self._adopted()
        if self._took:
            tree["took"] = self._took
        return tree

    def _rebind(self) -> None:
        """Tell which names the submission has bound to something else; whoever is told asks for them."""
        names, self._stale = self._stale, ()
        if self.fault or self.rebound is None or not isinstance(names, list):
            return
        # The test's own values must not go along: they are what has been bound to something else.
        (tell, self.rebound), (lent, self.lent) = (self.rebound, None), (self.lent, None)
        try:
            for name in dict.fromkeys(each for each in names[:_MAX_GLANCES] if isinstance(each, str)):
                tell(name)
        finally:
            self.rebound, self.lent, self._stale = tell, lent, ()

    def _adopted(self) -> list[tuple[Any, str]]:
        """Share what the test took of what came along and still holds; return what that was."""
        taken, found = self._taken, []
        while taken:
            place, value = taken.pop()
            if sys.getrefcount(value) > _LOOSE:
                self._shared.adopt(value, ours=False)
                found.append(place)
        return found

    def _framed(self, tree: dict[str, Any], key: str, value: Any, asked: Any = None) -> bytes:
        """Return a frame with a value, and with what has changed since the last one."""
        shared = self._shared
        encoder = shared.encoder(self._guests.node)
        if shared.objects:
            shared.sweep(self.calls.held() if len(shared.objects) > _FEW else _NOTHING)
        if shared.gone:
            tree["gone"] = shared.gone
        try:
            if shared.objects and (written := shared.changes(encoder)):
                tree["written"] = written
            tree[key] = encoder.encode(value)
            if "do" in tree and self.lent and (names := self.lent()):
                tree["globals"] = encoder.encode(names)
            if "do" in tree and self.unbound and (gone := self.unbound()):
                tree["unbound"] = gone
            if "do" in tree and self.around:
                tree["around"] = encoder.aside(self.around.changed())
            frame = pack(tree, encoder.blob)
        except BaseException:
            encoder.forget()
            raise
        shared.sent(encoder, asked)
        return frame

    def _glance(self, do: str, args: Sequence[Any]) -> _Answer | None:
        """Return the answer that came along with the last one, if it did: nothing has run since then."""
        if do not in {"get", "find"}:
            return None
        target, name = args
        number = target if do == "find" else getattr(target, "_tito_number", None)
        node = self._glances.get(number, _NOTHING).get(name, ...)
        if node is ...:
            return None
        if type(node) is _Answer:
            return node
        with self._protocol():
            known = self._shared.objects
            decoder = Decoder(self._blob, self._objects.value, self._codecs, known)
            answer = self._glances[number][name] = self._decoded(decoder.aside, node, self._blob)
        if type(answer.value) is np.ndarray and do == "get" and "=" not in node:
            self._taken.append(((number, name), answer.value))
        return answer

    def _see(self, held: Sequence[Any], blob: bytes) -> None:
        """Keep what came along. The subject may lie about it as it may about any answer: it is checked when used."""
        if len(held) > _MAX_GLANCES:
            raise WireError("too much came along with an answer")
        self._taken, self._blob = [], blob
        seen = self._glances = {}
        for holder, nodes in held:
            if holder in seen:
                seen[holder].update(nodes)
            else:
                seen[holder] = dict(nodes)

    def _receive(self, *, ends: bool = False, exits: bool = False) -> _Answer:
        while True:
            tree, blob = self._guarded(unpack, self._channel)
            with self._protocol():
                answer, kind = self._read(tree, blob), tree["kind"]
                if kind in {"raised", "left"}:
                    told, fault = told_fault(answer.value, self.sources, self)
                    fault = fault if ends else _no_end(fault)
                    if kind == "raised" and not isinstance(fault, Exception):
                        raise WireError("what leaves a test was told of as an error")
            if self.around:
                self._overhear(self.around, tree.get("told"))
            match kind:
                case "value":
                    return answer
                case "raised":
                    raise fault
                case "left" if exits and isinstance(fault, SystemExit):
                    raise fault
                case "left":
                    self.end(Status.CRASHED, f"the submission left the test with {told.name}", told.frames)
                case "ask":
                    self._serve(answer)
                case _:
                    self.end(Status.CONTRACT, "the submission broke the protocol: an unknown kind of frame")

    def _read(self, tree: Any, blob: bytes) -> _Answer:
        """Take in all that a frame tells and return the answer that it brings."""
        objects, shared = self._objects, self._shared
        self._reading = True
        try:
            if "new" in tree:
                objects.learn(tree["new"])
            decoder = shared.decoder(blob, objects.value)
            written = _contents(decoder, tree["written"]) if "written" in tree else ()
            contents = _contents(decoder, tree["contents"]) if "contents" in tree else ()
            answer = self._decoded(decoder.decode, tree["value"], blob)
            self._see(tree.get("held", ()), blob)
            self._stale = tree.get("rebound", ())
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

    def _write(self, number: int, content: Any) -> None:
        """Give the test's own object what the submission wrote into it, unless that is not to be heeded."""
        asked = self._shared.origins.get(number)
        self.calls.overwritten(self._shared.objects.get(number))
        if asked is None or self.witness.written(_keys(*asked)[0]):
            self._shared.write(number, content)
        else:
            self._shared.insist(number)

    def _overhear(self, around: Surroundings, told: Any) -> None:
        printed = ""
        if around.listening:
            printed = self._channel.printed()
            self._echoed += printed
        around.hear(printed, told if isinstance(told, dict) else {})

    def _serve(self, asked: _Answer) -> None:
        # What the test's own object asks for meanwhile, the student's code may have changed since.
        self._glances, self._taken = {}, []
        if self._stale:
            self._rebind()
        self._nesting += 1
        try:
            _check_nesting(self._nesting)
            what, *args = self._accepted(asked, (f"asks {asked.value[0]}",))
            value = None
            if what != "set" or self.witness.written(self._guests.named(*args[:2])):
                value = self._guests.serve(what, *args)
            frame = self._framed({"kind": "value"}, "value", value)
        except Exception as fault:  # noqa: BLE001 - it goes on in the subject, as it would in one process
            name = next(each.__name__ for each in type(fault).__mro__ if each.__name__ in BUILTIN_ERRORS)
            frame = self._framed({"kind": "raised"}, "value", (name, str(fault)))
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

    def _protocol(self) -> "_Protocol":
        return _Protocol(self)

    def end(self, status: Status, message: str, frames: tuple[Frame, ...] = ()) -> NoReturn:
        """End the subject for a fault of its own, and say so to the test."""
        self.fault = SubjectFault(status, message, frames)
        self.close()
        raise self.fault


# What reading a malformed frame may raise, besides WireError.
_MALFORMED: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, MemoryError)


class _Protocol:
    """Whatever malformed content makes our own reading raise becomes the subject's fault."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if fault is not None and isinstance(fault, (WireError, *_MALFORMED)):
            self._session.end(Status.CONTRACT, f"the submission broke the protocol: {fault}")


def _keys(target: Any, name: str) -> tuple[str, ...]:
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


def _contents(decoder: Decoder, told: Any) -> list[tuple[Any, Any]]:
    return [(number, decoder.content(node)) for number, node in told]


def _places(told: Any, count: int) -> Sequence[int]:
    if not told:
        return ()
    if len(set(told)) != len(told) or not all(type(each) is int and 0 <= each < count for each in told):
        raise WireError("what is kept is malformed")
    return list(told)


def _place(place: object, cells: Sequence[object]) -> int:
    if type(place) is not int or not 0 <= place < len(cells):
        raise WireError("a cell's place is malformed")
    return place


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
