"""A session: one subject as the judge talks to it, request by request, with every rule kept."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, NoReturn

from tito.errors import BrokenError
from tito.judging.judge.calls import Call, CallLog
from tito.judging.judge.channel import Channel
from tito.judging.judge.contract import Contract, Kind
from tito.judging.judge.faults import Raised, SubjectFault
from tito.judging.judge.guests import Guests
from tito.judging.judge.launcher import Lender, Subject
from tito.judging.judge.objects import Objects, told_fault, write_back
from tito.judging.judge.proxies import BUILTIN_ERRORS, Function, Proxy, ProxyClass
from tito.judging.judge.sources import Sources
from tito.judging.judge.surroundings import Surroundings
from tito.judging.judge.witness import Witness
from tito.judging.wire.codec import Encoder, WireError, pack, unpack
from tito.model.outcome import Frame, Status

_STARTUP_SECONDS: Final = 20.0
_MAX_NESTING: Final = 40
_MAX_GLANCES: Final = 1_000


class Session:
    """The judge's end of one subject.

    Every method that asks something raises what the student's code raised, as the built-in exception that it is,
    or SubjectFault when the subject is dead, silent or breaks a rule; `fault` then stays set for good.
    """

    def __init__(self, lender: Lender, subject: Subject, contract: Contract, homes: Collection[str]) -> None:
        self.fault: SubjectFault | None = None
        self.broken: BrokenError | None = None
        self.calls = CallLog()
        self._lender = lender
        self._subject: Subject | None = subject
        self.scratch = subject.scratch
        self._channel = Channel(subject.link, subject.output, subject.pid)
        self._contract = contract
        self._guests = Guests(homes)
        self._objects = Objects(self, self._guests)
        self._sources = Sources()
        self._glances: dict[Any, dict[str, tuple[Any, bytes]]] = {}
        self.witness = Witness()
        self.around: Surroundings | None = None
        self._echoed = ""
        self.lent: Callable[[], dict[str, Any]] | None = None
        self._asking: tuple[Any, str] = (None, "")
        self._seed: int | None = None
        self._nesting = 0
        self._ready = False

    # What the runner does.

    def start(self, seconds: float) -> None:
        """Give the subject `seconds` of processor time from now on, for a test or for running the cells."""
        self._channel.start(seconds)

    def left(self) -> float:
        """Return how many of its seconds the subject has left."""
        return self._channel.clock.left()

    def ready(self) -> None:
        """Wait until the subject is confined and listens. Raises SubjectFault where it never does."""
        self.start(_STARTUP_SECONDS)
        self._receive()
        self._ready = True

    def seed(self, value: int) -> None:
        """Seed the submission's generators before whatever is asked for next."""
        self._seed = value % (1 << 32)

    def run(
        self, module: str, cells: Sequence[tuple[str, int, str]], wanted: Collection[tuple[str, str]] = ()
    ) -> list[tuple[int, Raised]]:
        """Run the cells (label, first line, source) as `module`; return those that failed, with what they raised.

        `wanted` are the (module, name) that will be looked for first; the answer brings them along.
        """
        for label, line, source in cells:
            self._sources.add(label, line, source)
        try:
            failed = self.request("run", module, tuple(cells), tuple(wanted), self._contract.attributes())
        except Exception as fault:  # noqa: BLE001 - cells that raise are told of one by one
            self.end(Status.CONTRACT, f"the submission broke the protocol: running its cells raised {fault}")
        with self._protocol():
            return [(_place(place, cells), told_fault(fault, self._sources)[0]) for place, fault in failed]

    def find(self, module: str, name: str) -> Any:
        """Return what the subject's `module` binds to `name`. Raises NameError where it does not."""
        try:
            found = self._checked(("find", module, name), module, name)
        except Exception:  # noqa: BLE001 - a submission may have put anything in its module's place
            raise NameError(f"name {name!r} is not defined", name=name) from None
        if isinstance(found, ProxyClass) and name not in found._tito_names:
            # The contract knows the class by the name that the lesson gives it.
            found._tito_names = (name, *found._tito_names)
        return found

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
        """Do one of Python's own operations."""
        target = next(each for each in args if isinstance(each, Proxy))
        if name in {"__repr__", "__str__", "__format__"}:
            return self._checked(("special", name, *args), target, name)
        return self._logged(Call("special", target, name, args), ("special", name, *args), target, name)

    def drop(self, number: int) -> None:
        """Note that the test holds an object no longer; the subject is told with the next request."""
        self._objects.drop(number)

    def adopt(self, kind: ProxyClass) -> None:
        """Take a test's own subclass as the class of the objects that the subject makes of it."""
        self._objects.adopt(kind)

    # The conversation.

    def request(self, do: str, *args: Any) -> Any:
        """Ask the subject and return its answer, unchecked by the contract."""
        return self._converse(do, args)[0]

    def _logged(self, call: Call, request: tuple[Any, ...], target: Any, name: str) -> Any:
        try:
            call.result = self._checked(request, target, name)
        except Exception as fault:
            call.raises = f"{type(fault).__name__}: {fault}".removesuffix(": ")
            raise
        except SubjectFault as fault:
            call.raises = fault.message
            raise
        finally:
            self.calls.add(call)
        return call.result

    def _checked(self, request: tuple[Any, ...], target: Any, name: str) -> Any:
        """Ask for what the contract knows as `name` of `target`; plain data is always welcome."""
        self._asking = (target, name)
        if self.witness.rewriting:
            request = self.witness.rewrite(_keys(target, name)[0], request)
        value, kind = self._converse(request[0], request[1:])
        if kind is Kind.OBJECT or self._contract.recording:
            self._accept(_keys(target, name), kind, value)
        return self.witness.answered(_keys(target, name)[0], value, request) if self.witness.watching else value

    def _accept(self, keys: Sequence[str], kind: Kind, value: object) -> None:
        if not self._contract.accepts(keys, kind):
            found = f"an object of class {type(value).__name__!r}" if isinstance(value, Proxy) else "an object"
            self.end(Status.CONTRACT, f"{keys[0]}: the submission gave {found} where plain data is expected")

    def _converse(self, do: str, args: Sequence[Any]) -> tuple[Any, Kind]:
        if self.fault:
            raise self.fault
        if seen := self._glance(do, args):
            return seen
        encoder = Encoder(self._guests.node)
        try:
            tree = {"do": do, "args": encoder.encode(tuple(args)), "drop": self._objects.dropped()}
            if self._seed is not None:
                tree["seed"] = self._seed
            if self.lent and (names := self.lent()):
                tree["globals"] = encoder.encode(names)
            if self.around:
                tree["around"] = encoder.encode(self.around.changed())
            frame = pack(tree, encoder.blob)
        except WireError as fault:
            raise TypeError(str(fault)) from None
        self._objects.forget()
        self._seed = None
        self._guarded(self._channel.send, frame)
        return self._receive(encoder.mutables, args[0] if do == "special" else do)

    def _glance(self, do: str, args: Sequence[Any]) -> tuple[Any, Kind] | None:
        """Return the answer that came along with the last one, if it did: nothing has run since then."""
        if do not in {"get", "find"}:
            return None
        target, name = args
        node, blob = self._glances.get(getattr(target, "_tito_number", target), {}).get(name, (None, None))
        if blob is None:
            return None
        with self._protocol():
            decoder = self._objects.decoder(blob)
            value = decoder.decode(node)
        return value, Kind.OBJECT if decoder.others else Kind.DATA

    def _see(self, held: Sequence[Any], blob: bytes) -> None:
        """Keep what came along. The subject may lie about it as it may about any answer: it is checked when used."""
        if len(held) > _MAX_GLANCES:
            raise WireError("too much came along with an answer")
        self._glances = {}
        for holder, nodes in held:
            self._glances.setdefault(holder, {}).update({name: (node, blob) for name, node in nodes.items()})

    def _receive(self, mutables: Sequence[Any] = (), do: str = "") -> tuple[Any, Kind]:
        while True:
            tree, blob = self._guarded(unpack, self._channel)
            with self._protocol():
                self._objects.learn(tree["new"])
                self._see(tree["held"], blob)
                decoder = self._objects.decoder(blob)
                value = decoder.decode(tree["value"])
                kind = tree["kind"]
                held = Kind.OBJECT if decoder.others else Kind.DATA
                written = [(mutables[place], decoder.decode(node)) for place, node in tree["written"]]
                if kind in {"raised", "left"}:
                    told, fault = told_fault(value, self._sources)
                    fault = fault if do == "__next__" else _no_end(fault)
                for original, content in written:
                    if self.witness.written(_keys(*self._asking)[0]):
                        write_back(original, content)
            if self.around:
                self._overhear(self.around, tree.get("told"))
            match kind:
                case "value":
                    return value, held
                case "raised":
                    raise fault
                case "left":
                    self.end(Status.CRASHED, f"the submission left the test with {told.name}", told.frames)
                case "ask":
                    self._serve(value, held)
                case _:
                    self.end(Status.CONTRACT, "the submission broke the protocol: an unknown kind of frame")

    def _overhear(self, around: Surroundings, told: Any) -> None:
        printed = ""
        if around.listening:
            printed = self._channel.printed()
            self._echoed += printed
        around.hear(printed, told if isinstance(told, dict) else {})

    def _serve(self, asked: Any, kind: Kind) -> None:
        # What the test's own object asks for meanwhile, the student's code may have changed since.
        self._glances = {}
        encoder = Encoder(self._guests.node)
        self._nesting += 1
        try:
            _check_nesting(self._nesting)
            self._accept((f"asks {asked[0]}",), kind, asked)
            value = self._guests.serve(*asked)
            reply = {"kind": "value", "value": encoder.encode(value)}
        except Exception as fault:  # noqa: BLE001 - it goes on in the subject, as it would in one process
            name = next(each.__name__ for each in type(fault).__mro__ if each.__name__ in BUILTIN_ERRORS)
            encoder = Encoder(self._guests.node)
            reply = {"kind": "raised", "value": encoder.encode((name, str(fault)))}
        except BaseException:
            self._abandon()
            raise
        finally:
            self._nesting -= 1
        self._guarded(self._channel.send, pack(reply, encoder.blob))

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
                fault.frames = self._sources.frames(self._channel.where())
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
    if isinstance(target, Function):
        return (f"{target.__name__}{name}",)
    mro = (target if isinstance(target, type) else type(target)).__mro__
    names = [each for kind in mro for each in getattr(kind, "_tito_names", ())]
    if isinstance(target, type) and name == "()":
        return tuple(f"{each}()" for each in names)
    return tuple(f"{each}.{name}" for each in names) or (name,)


def _place(place: object, cells: Sequence[object]) -> int:
    if type(place) is not int or not 0 <= place < len(cells):
        raise WireError("a cell's place is malformed")
    return place


def _no_end(fault: Exception) -> Exception:
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
