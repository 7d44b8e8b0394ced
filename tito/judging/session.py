"""A session: one subject as the judge talks to it, request by request, with every rule kept."""

import weakref
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, NoReturn

import numpy as np

from tito.judging.calls import Call, CallLog
from tito.judging.channel import Channel
from tito.judging.contract import Contract, Kind
from tito.judging.faults import Raised, SubjectFault
from tito.judging.guests import Guests
from tito.judging.launcher import Subject, Zygote
from tito.judging.proxies import BUILTIN_ERRORS, Function, Proxy, ProxyClass, make_class
from tito.judging.wire import Decoder, Encoder, WireError, pack, unpack
from tito.model.outcome import Frame, Status

_STARTUP_SECONDS: Final = 20.0
_MAX_CLASSES: Final = 1_000
_MAX_NESTING: Final = 40


class Session:
    """The judge's end of one subject.

    Every method that asks something raises what the student's code raised, as the built-in exception that it is,
    or SubjectFault when the subject is dead, silent or breaks a rule; `fault` then stays set for good.
    """

    def __init__(self, zygote: Zygote, subject: Subject, contract: Contract, homes: Collection[str]) -> None:
        self.fault: SubjectFault | None = None
        self.calls = CallLog()
        self._zygote = zygote
        self._subject: Subject | None = subject
        self._channel = Channel(subject.link, subject.output, subject.pid)
        self._contract = contract
        self._guests = Guests(homes)
        self._classes: dict[int, type] = {}
        self._proxies: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._dropped: dict[int, None] = {}
        self._nesting = 0

    # What the runner does.

    def start(self, seconds: float) -> None:
        """Give the subject `seconds` of processor time from now on, for a test or for running the cells."""
        self._channel.clock.start(seconds)

    def ready(self) -> None:
        """Wait until the subject is confined and listens. Raises SubjectFault where it never does."""
        self.start(_STARTUP_SECONDS)
        self._receive()

    def run(self, module: str, cells: Sequence[tuple[str, int, str]]) -> list[tuple[int, Raised]]:
        """Run the cells (label, first line, source) as `module`; return those that failed, with what they raised."""
        failed = self.request("run", module, tuple(cells))
        with self._protocol():
            return [(int(place), self._told(fault)[0]) for place, fault in failed]

    def find(self, module: str, name: str) -> Any:
        """Return what the subject's `module` binds to `name`. Raises NameError where it does not."""
        found = self._checked(("find", module, name), (name,))
        if isinstance(found, ProxyClass) and name not in found._tito_names:
            # The contract knows the class by the name that the lesson gives it.
            found._tito_names = (name, *found._tito_names)
        return found

    def printed(self) -> str:
        """Return what the submission printed since the last call."""
        return self._channel.printed()

    def close(self) -> None:
        """End the subject."""
        if self._subject:
            subject, self._subject = self._subject, None
            self._channel.close()
            ending = self._zygote.end(subject)
            if self.fault and self.fault.status is Status.CRASHED and not self.fault.frames:
                self.fault.message = f"the process ended in the middle of the test ({ending})"

    # What proxies ask for.

    def get(self, target: Any, name: str) -> Any:
        """Return an attribute."""
        return self._logged(Call("get", target, name), ("get", target, name), _keys(target, name))

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        self._logged(Call("set", target, name, (value,)), ("set", target, name, value), ("set",))

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute."""
        self.request("delete", target, name)

    def call(self, target: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a class, a function or a callable object."""
        return self._logged(
            Call("call", target, "", args, named),
            ("call", target, args, named),
            _keys(target, "()" if isinstance(target, type | Function) else "__call__()"),
        )

    def method(self, target: Any, name: str, args: tuple[Any, ...], named: dict[str, Any], owner: Any) -> Any:
        """Call a method; `owner` is the class whose method it is to be, or None for the object's own."""
        request = ("method", target, name, args, named, owner)
        return self._logged(Call("method", target, name, args, named), request, _keys(target, f"{name}()"))

    def special(self, name: str, *args: Any) -> Any:
        """Do one of Python's own operations."""
        target = next(each for each in args if isinstance(each, Proxy))
        if name in {"__repr__", "__str__", "__format__"}:
            return self._checked(("special", name, *args), _keys(target, name))
        return self._logged(Call("special", target, name, args), ("special", name, *args), _keys(target, name))

    def drop(self, number: int) -> None:
        """Note that the test holds an object no longer; the subject is told with the next request."""
        self._dropped[number] = None

    def adopt(self, kind: ProxyClass) -> None:
        """Take a test's own subclass as the class of the objects that the subject makes of it."""
        self._classes[kind._tito_class] = kind

    # The conversation.

    def request(self, do: str, *args: Any) -> Any:
        """Ask the subject and return its answer, unchecked by the contract."""
        return self._converse(do, args)[0]

    def _logged(self, call: Call, request: tuple[Any, ...], keys: Sequence[str]) -> Any:
        try:
            result = self._checked(request, keys)
        except Exception as fault:
            self.calls.add(replace(call, raises=f"{type(fault).__name__}: {fault}".removesuffix(": ")))
            raise
        except SubjectFault as fault:
            self.calls.add(replace(call, raises=fault.message))
            raise
        self.calls.add(replace(call, result=result))
        return result

    def _checked(self, request: tuple[Any, ...], keys: Sequence[str]) -> Any:
        value, kind = self._converse(request[0], request[1:])
        self._accept(keys, kind, value)
        return value

    def _accept(self, keys: Sequence[str], kind: Kind, value: object) -> None:
        if not self._contract.accepts(keys, kind):
            found = f"an object of class {type(value).__name__!r}" if isinstance(value, Proxy) else "an object"
            self.end(Status.CONTRACT, f"{keys[0]}: the submission gave {found} where plain data is expected")

    def _converse(self, do: str, args: Sequence[Any]) -> tuple[Any, Kind]:
        if self.fault:
            raise self.fault
        encoder = Encoder(self._guests.node)
        try:
            node = encoder.encode(tuple(args))
            frame = pack({"do": do, "args": node, "drop": list(self._dropped)}, encoder.blob)
        except WireError as fault:
            raise TypeError(str(fault)) from None
        self._dropped.clear()
        self._guarded(self._channel.send, frame)
        return self._receive(encoder.mutables)

    def _receive(self, mutables: Sequence[Any] = ()) -> tuple[Any, Kind]:
        while True:
            tree, blob = self._guarded(unpack, self._channel)
            with self._protocol():
                self._learn(tree["new"])
                objects: list[object] = []
                decoder = Decoder(blob, partial(self._noted, objects))
                value = decoder.decode(tree["value"])
                kind = tree["kind"]
                written = [(mutables[place], decoder.decode(node)) for place, node in tree["written"]]
                if kind in {"raised", "left"}:
                    told, fault = self._told(value)
                for original, content in written:
                    _write_back(original, content)
            match kind:
                case "value":
                    return value, Kind.OBJECT if objects else Kind.DATA
                case "raised":
                    raise fault
                case "left":
                    self.end(Status.CRASHED, f"the submission left the test with {told.name}", told.frames)
                case "ask":
                    self._serve(value, Kind.OBJECT if objects else Kind.DATA)
                case _:
                    self.end(Status.CONTRACT, "the submission broke the protocol: an unknown kind of frame")

    def _serve(self, asked: Any, kind: Kind) -> None:
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

    # What arrives.

    def _noted(self, found: list[object], tag: str, body: Any) -> object:
        value = self._value(tag, body)
        found.append(value)
        return value

    def _learn(self, new: Sequence[dict[str, Any]]) -> None:
        for told in new:
            number = told["number"]
            if type(number) is not int or number in self._classes or len(self._classes) >= _MAX_CLASSES:
                raise WireError("a class's number is malformed")
            self._classes[number] = make_class(self, told, self._classes)

    def _value(self, tag: str, body: Any) -> object:
        match tag:
            case "h":
                number, kind = body
                return self._proxy(number, self._classes[kind])
            case "q":
                return self._classes[body]
            case "p":
                number, name = body
                if not isinstance(name, str):
                    raise WireError("a function's name is malformed")
                return self._held(number, lambda: Function(self, number, name))
            case "j":
                return self._guests[body]
        raise WireError(f"an unknown node {tag!r}")

    def _proxy(self, number: int, kind: type) -> Any:
        if not isinstance(kind, ProxyClass):
            return _error_object(kind)

        def make() -> Any:
            made: Any = object.__new__(kind)  # type: ignore[arg-type]
            object.__setattr__(made, "_tito_number", number)
            return made

        return self._held(number, make)

    def _held(self, number: int, make: Callable[[], Any]) -> Any:
        if type(number) is not int:
            raise WireError("an object's number is malformed")
        held = self._proxies.get(number)
        if held is None:
            held = self._proxies[number] = make()
        self._dropped.pop(number, None)
        return held

    def _told(self, value: Any) -> tuple[Raised, Exception]:
        """Turn a told exception into what is known of it and the exception to raise in the test."""
        name, parents, text, frames, kind = value
        seen = tuple(Frame(str(path), int(line), str(function)) for path, line, function in frames)
        told = Raised(str(name), str(text), seen)
        kinds = [kind] if isinstance(kind, type) and issubclass(kind, Exception) else []
        kinds += [BUILTIN_ERRORS[each] for each in parents if each in BUILTIN_ERRORS]
        fault = _made(kinds, told.text)
        fault._tito_raised = told  # type: ignore[attr-defined]
        return told, fault

    # When a rule is broken.

    def _guarded(self, do: Callable[..., Any], *args: Any) -> Any:
        try:
            return do(*args)
        except WireError as fault:
            self.end(Status.CONTRACT, f"the submission broke the protocol: {fault}")
        except SubjectFault as fault:
            self.fault = fault
            self.close()
            raise

    def _protocol(self) -> "_Protocol":
        return _Protocol(self)

    def end(self, status: Status, message: str, frames: tuple[Frame, ...] = ()) -> NoReturn:
        """End the subject for a fault of its own, and say so to the test."""
        self.fault = SubjectFault(status, message, frames)
        self.close()
        raise self.fault


class _Protocol:
    """Whatever malformed content makes our own reading raise becomes the subject's fault."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if fault is not None and isinstance(fault, WireError | LookupError | TypeError | ValueError | AttributeError):
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


def _check_nesting(depth: int) -> None:
    if depth > _MAX_NESTING:
        raise RecursionError("the test's objects call each other too deeply")


def _error_object(kind: type) -> Exception:
    return _made([kind], "")


def _made(kinds: Sequence[type[Exception]], text: str) -> Exception:
    for kind in kinds:
        try:
            return kind(text)
        except TypeError:
            # Some built-in exceptions want more than a text; a parent of theirs does not.
            continue
    return Exception(text)


def _write_back(original: Any, content: Any) -> None:
    if type(original) is not type(content):
        raise WireError("what was written in place changed its type")
    match original:
        case np.ndarray():
            if original.flags.writeable:
                original[...] = content
        case list():
            original[:] = content
        case dict() | set():
            original.clear()
            original.update(content)
