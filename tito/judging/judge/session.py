"""A session: one subject as the judge talks to it, request by request, with every rule kept."""

import itertools
from collections.abc import Collection, Sequence
from typing import Any, Final

from tito.judging.judge.answers import Answer
from tito.judging.judge.calls import Call
from tito.judging.judge.contract import Contract, Kind, keys_of
from tito.judging.judge.conversation import Conversation
from tito.judging.judge.faults import Raised, SubjectFault
from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.launcher import Lender, Subject
from tito.judging.judge.proxies import Proxy, ProxyClass, pickled, silent
from tito.judging.judge.raised import Error, told_fault
from tito.judging.judge.sources import code_like, told_signature
from tito.judging.judge.streams import Stream, walk
from tito.judging.wire.codec import Decoder, WireError
from tito.judging.wire.operations import ASKING, REFLECTED
from tito.model.outcome import Status


class Session(Conversation):
    """A conversation with a subject that is held to a contract; tests speak through it, by way of proxies."""

    def __init__(
        self,
        lender: Lender,
        subject: Subject,
        contract: Contract,
        homes: Collection[str],
        records: Collection[str] = (),
    ) -> None:
        super().__init__(lender, subject, homes, records, recording=contract.recording)
        self._contract = contract
        # Classes that tests name, and what others are in the reference's place.
        self._named: set[Any] = set()
        self._played: dict[Any, set[str]] = {}
        self._pickled: list[Any] = []

    # What the runner does.

    def run(
        self,
        module: str,
        cells: Sequence[tuple[str, int, str]],
        wanted: Collection[tuple[str, str]] = (),
        *,
        main: bool = False,
        showing: bool = False,
    ) -> list[tuple[int, Raised]]:
        """Run the cells (label, first line, source) as `module`; return those that failed, with what they raised.

        `wanted` are the (module, name) that will be looked for first; the answer brings them along. All names are
        the last module's that was run. With `main`, it is known as `__main__` as well, and is that to itself. With
        `showing`, the subject can be asked for the "value" that the last cell ended in, and for "pictures".
        """
        for label, line, source in cells:
            self.sources.add(label, line, source)
        try:
            how = [name for name, so in (("main", main), ("showing", showing)) if so]
            known = (self._contract.attributes(), self._records.names)
            failed, there = self.request("run", module, tuple(cells), tuple(wanted), *known, *how)
        except Exception as fault:  # noqa: BLE001 - cells that raise are told of one by one
            self.end(Status.CONTRACT, f"the submission broke the protocol: running its cells raised {fault}")
        with self._protocol:
            self._records.found(there)
            return [(_place(place, cells), told_fault(fault, self.sources, self)[0]) for place, fault in failed]

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

    # What proxies ask for.

    def get(self, target: Any, name: str) -> Any:
        """Return an attribute."""
        if name.startswith("__"):
            # Asked by the test engine as often as by a test, and nothing that a student's code does.
            return self._checked(("get", target, name), target, name)
        found = self._logged(Call("get", target, name), ("get", target, name), target, name)
        if self._contract.recording or not issubclass(type(target), Proxy) or not _is_called(found):
            return found
        if not self._contract.asks([f"x.{name}()"], name):
            # What is called so of data is shown what is expected of it.
            raise AttributeError(_UNASKED.format(f"{name}()"), name=name, obj=target)
        return found

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        self._logged(Call("set", target, name, (value,)), ("set", target, name, value), None, "set")

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute."""
        self.request("delete", target, name)

    def call(self, target: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a class, a function or a callable object."""
        if type(target) is Function and (args or named) and not self._contract.asks(keys_of(target, "()")):
            raise AttributeError(_UNASKED.format(f"{target.__name__}()"))
        return self._logged(
            Call("call", target, "", args, named),
            ("call", target, args, named) if named else ("call", target, args),
            target,
            "()" if isinstance(target, type | Function) else "__call__()",
        )

    def method(self, target: Any, name: str, args: tuple[Any, ...], named: dict[str, Any], owner: Any) -> Any:
        """Call a method; `owner` is the class whose method it is to be, or None for the object's own."""
        if (args or named) and owner is None and not self._contract.asks([f"x.{name}()"]):
            native = getattr(getattr(type(target), "_tito_native", object), name, None)
            if native is None:
                raise AttributeError(_UNASKED.format(f"{name}()"), name=name, obj=target)
            return native(target, *args, **named)
        rare = (named, owner) if named or owner is not None else ()
        request = ("method", target, name, args, *rare)
        return self._logged(Call("method", target, name, args, named), request, target, f"{name}()")

    def describe(self, target: Any, name: str, attribute: str, args: tuple[Any, ...]) -> Any:
        """Have a descriptor of the student's decide about an attribute of a test's object, the first of `args`."""
        request = ("describe", target, name, attribute, args)
        return self._logged(Call("method", target, name, args), request, target, f"{name}()")

    def special(self, name: str, *args: Any) -> Any:
        """Do one of Python's own operations on the first of `args`."""
        request = ("special", name, *args)
        if name in {"__repr__", "__str__", "__format__", "__dir__"}:
            return self._checked(request, args[0], name)
        if name in ASKING and not self._says(name, *args[:2]):
            return silent(name, *args)
        call, known = Call("special", args[0], name, args), REFLECTED.get(name, name)
        return self._logged(call, request, args[0], known, ends=name == "__next__")

    def awaited(self, target: Any) -> Any:
        """Run an object that can be awaited to its end."""
        return self._logged(Call("special", target, "__await__", (target,)), ("await", target), target, "__await__")

    def item(self, stream: Stream, do: str, *args: Any) -> Any:
        """Ask an iterator for its next item."""
        answer = self._converse(do, args, ends=True, exits=True)
        value = self._accepted(answer, (*stream._tito_keys, f"{type(stream).__name__}.__next__"))
        if issubclass(type(value), Proxy):
            self._meet(value, f"{stream._tito_keys[0]}.__next__")
        witness = self.witness
        return witness.answered(f"{stream._tito_keys[0]}.__next__", value, (do, *args)) if witness.watching else value

    def walked(self, iterable: Stream, how: str) -> Stream:
        """Begin a walk along an iterable, or an asynchronous one: `how` is what makes its iterator."""
        found = self._converse("special", (how, iterable), exits=True).value
        along = found if isinstance(found, Stream) else walk(self, found, again=False)
        if along is None:
            raise TypeError(f"{how} returned non-iterator of type {type(found).__name__!r}")
        along._tito_keys = iterable._tito_keys
        return along

    def copied(self, target: Any, *, deep: bool) -> Any:
        """Copy an object where it is."""
        answer = self._converse("deepcopy" if deep else "copy", (target,))
        same = type(answer.value) is type(target)
        return answer.value if same else self._accepted(answer, keys_of(target, "__copy__"))

    def pickled(self, kept: Any) -> int:
        """Hold an object for a pickle that stands for it."""
        self._pickled.append(kept)
        return pickled(kept)

    def from_text(self, function: Any, name: str, method: str = "") -> Any:
        """Return the code or the signature of a function as the submission's text says. Raises AttributeError.

        `method` is "Class.name" where a class has it. What Python made, as for a dataclass, is in no text: then the
        subject tells of its signature.
        """
        place = self.request("place", function)
        found = self.sources.described(
            method or function.__name__, place, name, bound=function._tito_sort == "method"
        )
        if found is not None:
            return found
        told = self.signature(function)
        return told if name == "__signature__" else code_like(told, function.__name__)

    def signature(self, target: Any) -> Any:
        """Return the signature that the subject tells of, in which whatever is no literal stands as its text."""
        answer = self._converse("signature", (target,))
        with self._protocol:
            return told_signature(*answer.value)

    def held(self, number: Any, kind: type) -> Error | None:
        """Return what stands for an exception of that class already."""
        return self._objects.error(number, kind)

    def hold(self, number: int, fault: Error) -> None:
        """Let an exception ask for what the subject's one has."""
        self._objects.hold(number, fault)

    def thrown(self, number: Any) -> BaseException:
        """Return the test's own exception that the subject was given. Raises WireError where it was given none."""
        return self._thrown[number]

    def knows(self, target: Any, name: str) -> bool:
        """Say whether the reference was asked for the same."""
        return self._contract.knows(keys_of(target, name))

    def fault_of(self, told: Any) -> BaseException:
        """Return the exception that is told of."""
        return told_fault(told, self.sources, self)[1]

    def drop(self, number: int) -> None:
        """Note that the test holds an object no longer; the subject is told with the next request.

        Where its class says what happens then, that happens now, if nothing else is being asked.
        """
        self._objects.drop(number)
        if number in self._objects.mortal:
            self._objects.mortal.discard(number)
            self.settle()

    def adopt(self, kind: ProxyClass) -> None:
        """Take a test's own subclass as the class of the objects that the subject makes of it."""
        self._objects.adopt(kind)

    # What is made of the answers.

    def writer(self, target: Any, name: str) -> str:
        """See `Conversation`."""
        return (*self._besides(target, name, ()), *keys_of(target, name))[0]

    def admitted(self, answer: Answer, key: str) -> Any:
        """See `Conversation`."""
        return self._accepted(answer, (key,))

    def _logged(self, call: Call, request: tuple[Any, ...], target: Any, name: str, *, ends: bool = False) -> Any:
        try:
            result = call.result = self._checked(request, target, name, ends=ends, exits=True)
        except (Exception, SystemExit) as fault:
            call.raises = f"{type(fault).__name__}: {fault}".removesuffix(": ")
            raise
        except SubjectFault as fault:
            call.raises = fault.message
            raise
        finally:
            self.calls.add(call, self._objects.mortal)
        return result

    def _checked(
        self, request: tuple[Any, ...], target: Any, name: str, *, ends: bool = False, exits: bool = False
    ) -> Any:
        """Ask for what the contract knows as `name` of `target`; data is always welcome."""
        witness = self.witness
        if witness.rewriting:
            request = witness.rewrite(keys_of(target, name)[0], request)
        with self._turn:
            origin, self._objects.origin = self._objects.origin, (target, name)
            try:
                answer = self._converse(request[0], request[1:], (target, name), ends=ends, exits=exits)
            finally:
                self._objects.origin = origin
        value = answer.value
        disputed = answer.kind is Kind.OBJECT or answer.streams or self._contract.recording
        if not (disputed or witness.watching):
            return value
        keys = keys_of(target, name)
        agreed = self._agreed(keys, target, name)
        # What is called in a function's place is known by what it stands for.
        key = agreed[0] if name == "__call__()" and not self._contract.knows(keys) else keys[0]
        if disputed:
            value = self._accepted(answer, agreed, function=type(target) is Function)
            if issubclass(type(value), Proxy) or answer.kind is Kind.OBJECT:
                self._meet(value, key)
        if not witness.watching:
            return value
        witness.asked(target)
        besides = [each for each in self._besides(target, name, keys) if each != key]
        return witness.answered(key, value, request, besides)

    def _besides(self, target: Any, name: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return what an answer goes by as well: all names of a function, or the one that an object is called by."""
        if type(target) is Function:
            return keys
        known = self._objects.known.get(getattr(target, "_tito_number", 0)) if name == "__call__()" else None
        return (f"{known}()",) if known else ()

    def keyed(self, target: Any, name: str) -> str:
        """Return what the contract calls an answer first."""
        return keys_of(target, name)[0]

    def _says(self, name: str, target: Any, other: Any) -> bool:
        """Say whether an operation on an object and something in hand is the object's to answer."""
        if name.startswith("__i") and hasattr(getattr(type(target), "_tito_native", object), name):
            # It changes what is held on both sides.
            return True
        if getattr(target, "_tito_number", None) in self._objects.silent:
            return False
        keys = keys_of(target, ASKING[name])
        return self._contract.says(keys, of_data=not issubclass(type(other), _OBJECTS))

    def _meet(self, value: Any, key: str) -> None:
        """Take an object, or those in a container, for what the reference gave there."""
        if not issubclass(type(value), Proxy):
            kinds = {type(each) for each in _items_of(value) if issubclass(type(each), Proxy)}
            if len(kinds) > 1 and self._contract.recording:
                return
            for kind in kinds:
                if self._contract.recording or not self._contract.names(kind.__name__):
                    self._cast(kind, f"{key}[]")
            return
        if callable(value):
            self._objects.known.setdefault(value._tito_number, key)
        self._cast(type(value), key)

    def _cast(self, kind: Any, key: str) -> None:
        """Take a class for the reference's there: what it calls itself decides nothing."""
        names = getattr(kind, "_tito_names", ())
        if (native := getattr(kind, "_tito_native", object)) is not object:
            for name in names:
                self._contract.derives(name, native)
        role = self._contract.role(key, names[0]) if names else ""
        if self._contract.recording:
            return
        if role and kind in self._named and role not in names:
            # A class that a test names where the reference has a function: the role knows what the class does not.
            kind._tito_names = (*names, role)
        elif role and kind not in self._named:
            played = self._played.setdefault(kind, set())
            played.add(role)
            kind._tito_names = tuple(sorted(played))

    def _agreed(self, keys: tuple[str, ...], target: Any, name: str) -> tuple[str, ...]:
        """Return the names under which the contract may know an answer, also where the reference has a function."""
        if name == "__call__()" and not self._contract.knows(keys):
            known = self._objects.known.get(getattr(target, "_tito_number", 0))
            return (f"{known}()",) if known else keys
        if name == "__dict__" and isinstance(target, type) and not self._contract.knows(keys):
            # Who looks through the bases of a class that the reference has meets others in a submission's.
            return tuple(key for key in self._contract.kinds if key.endswith(".__dict__")) or keys
        if self._played and not self._contract.recording:
            # A class that plays two of the reference's answers as each of them has to.
            return tuple(sorted(keys, key=lambda key: self._contract.kinds.get(key) in {None, Kind.OBJECT}))
        return keys

    def _accepted(self, answer: Answer, keys: tuple[str, ...], *, function: bool = False) -> Any:
        """Return an answer's value, reduced to data where the contract wants data."""
        for each in answer.streams:
            each._tito_keys = tuple(f"{key}[]" for key in keys)
        kind = Kind.STREAM if isinstance(answer.value, Stream) else answer.kind
        if self._contract.accepts(keys, kind, function=function) or self._contract.calls(keys, answer.value):
            return answer.value
        if answer.quiet and type(answer.value) is not Function:
            return answer.value
        if self._contract.lists and not self._contract.knows(keys):
            # Nobody knows what the reference would have given: it is what it is.
            return answer.value
        reduced = self._reduced(answer)
        if reduced.kind is Kind.OBJECT and self._contract.lists and not _is_frame(answer.value):
            # With what a test expects in hand, an object that stands for data decides nothing.
            held = [answer.value] if isinstance(answer.value, Proxy) else _items_of(answer.value)
            self._objects.silent |= {each._tito_number for each in held if issubclass(type(each), Proxy)}
            return answer.value
        if reduced.kind is Kind.OBJECT:
            value = answer.value
            if walker := walk(self, value, again=self._contract.walks(keys)):
                return self._accepted(Answer(walker, Kind.DATA, streams=[walker]), keys, function=function)
            found = f"an object of class {type(value).__name__!r}" if isinstance(value, Proxy) else "an object"
            self.end(Status.CONTRACT, f"{keys[0]}: the submission gave {found} where plain data is expected")
        self._objects.reduced(answer.value, reduced.value)
        return self._accepted(reduced, keys, function=function)

    def _reduced(self, answer: Answer) -> Answer:
        """Return an answer in which what derives from a class of data is that data."""
        self._objects.reducing = True
        try:
            with self._protocol:
                known = {**self._shared.objects, **answer.again}
                decoder = Decoder(answer.blob, self._objects.value, self._codecs, known, answer.first, -1)
                return self._decoded(decoder.decode, answer.node, answer.blob)
        finally:
            self._objects.reducing = False


# What is the submission's own, and no data.
_OBJECTS: Final = (Proxy, ProxyClass, Function, Bound, Error)
_UNASKED: Final = "{} is asked of no object of the reference's: plain data is expected here"
_MANY: Final = 100


def _is_called(value: Any) -> bool:
    """Whether an answer is a function or an object that can be called as one."""
    kind = type(value)
    return kind is Function or (issubclass(kind, Proxy) and hasattr(kind, "__call__"))  # noqa: B004 - of its class


def _is_frame(value: Any) -> bool:
    """Whether an object is of a library's class that its functions believe, whatever each of its parts says."""
    return getattr(type(value), "_tito_outer", "").partition(":")[0].partition(".")[0] in {"numpy", "pandas", "scipy"}


def _items_of(value: Any) -> list[Any]:
    """Return what a container holds, or the first of it."""
    kind = type(value)
    items = value.values() if kind is dict else value if kind in {list, tuple, set, frozenset} else ()
    return list(itertools.islice(items, _MANY))


def _place(place: object, cells: Sequence[object]) -> int:
    if type(place) is not int or not 0 <= place < len(cells):
        raise WireError("a cell's place is malformed")
    return place
