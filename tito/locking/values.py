"""Values in a test: whether what the submission says, or something to compare it with, has flowed into them."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from tito.locking.bindings import Function, arguments_of, roots
from tito.locking.relations import called, is_shaping
from tito.records import dataclass

_DEEPEST: Final = 4
_MOST: Final = 2_000
_TELLING: Final = frozenset({"bool", "float", "hash", "int", "len", "repr", "str"})

Place = Callable[[ast.AST], str]


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a value: whether an anchor or the submission's word is in it.

    An `empty` one waits to be filled. A `handle` is an object whose operators the submission runs, of class `kind`.
    `parts` are the values of a pair or list, one by one; those of a dictionary are `paired` with their keys.
    """

    anchor: bool = False
    student: bool = False
    empty: bool = False
    handle: bool = False
    kind: str = ""
    parts: tuple["Value", ...] = ()
    paired: bool = False

    @property
    def word(self) -> bool:
        """Whether it is the submission's word alone."""
        return self.student and not self.anchor


@dataclass(frozen=True, slots=True)
class Helper:
    """A function of the judge's, and what names the places in it."""

    node: Function
    place: Place


ANCHOR: Final = Value(anchor=True)


class Values:
    """What is known of the values of expressions; `follow` runs the body of one of the judge's functions."""

    def __init__(
        self, known: Mapping[str, Value], contract: Mapping[str, str], helpers: Mapping[str, Helper]
    ) -> None:
        self._values = dict(known)
        self._contract = contract
        self._helpers = dict(helpers)
        self._places: list[Place] = []
        self._returned: list[Value] = []
        # A chain of calls asks for each of its parts again and again.
        self._seen: dict[int, Value] = {}
        self._calls = 0

    def follow(self, body: Iterable[ast.stmt]) -> None:
        """Follow statements."""
        raise NotImplementedError

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """Follow code whose places `place` names."""
        self._places.append(place)
        yield
        self._places.pop()

    def target(self, target: ast.expr, value: Value) -> None:
        """Bind a target to a value."""
        self._seen.clear()
        match target:
            case ast.Name(id=name):
                self._values[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                parts = (
                    value.parts if len(value.parts) == len(targets) else (replace(value, parts=()),) * len(targets)
                )
                for each, part in zip(targets, parts, strict=True):
                    self.target(each, part)
            case ast.Starred(value=inner):
                self.target(inner, value)
            case ast.Attribute(value=ast.Name(id="self"), attr=attribute):
                self._values[f"self.{attribute}"] = value
            case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                self.fill(roots(inner), value)

    def fill(self, names: Iterable[str], value: Value) -> None:
        """Let a value flow into what names stand for."""
        self._seen.clear()
        for name in names:
            if name in self._values:
                self._values[name] = filled(self._values[name], value)

    def loops(self, loops: Iterable[ast.comprehension]) -> None:
        """Bind the targets of a comprehension."""
        for each in loops:
            self.target(each.target, self.items(each.iter))

    def items(self, node: ast.expr) -> Value:
        """Return what is known of each item of an iterable."""
        match node:
            case ast.Call(func=ast.Name(id="zip"), args=parts):
                values = tuple(self.items(each) for each in parts)
                return replace(join(values), parts=values)
            case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]):
                item = self.items(inner)
                return replace(item, parts=(ANCHOR, item))
            case ast.Call(func=ast.Attribute(value=inner, attr="items"), args=[]):
                value = self.value(inner)
                pairs = [replace(each, paired=False) for each in value.parts if each.paired]
                return join(pairs) if pairs else replace(value, parts=(value, value))
        value = self.value(node)
        return join(each.parts[0] if each.paired else each for each in value.parts) if value.parts else value

    def value(self, node: ast.expr) -> Value:
        """Return what is known of an expression's value."""
        if id(node) not in self._seen:
            found = self._found(node)
            self._seen[id(node)] = found
        return self._seen[id(node)]

    def _found(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=value):
                found = Value(anchor=True, empty=not value)
            case ast.Name(id=name):
                found = self._values.get(name, ANCHOR)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                values = tuple(self.value(each) for each in parts)
                found = replace(join(values), parts=values) if values else Value(anchor=True, empty=True)
            case ast.Dict(keys=keys, values=parts):
                names = [self.value(each) if each else ANCHOR for each in keys]
                found = _dictionary(zip(names, map(self.value, parts), strict=True))
            case ast.DictComp(key=key, value=inner, generators=loops):
                self.loops(loops)
                found = _dictionary([(self.value(key), self.value(inner))])
            case ast.Attribute():
                found = self._attribute(node)
            case ast.Subscript(value=inner, slice=place):
                found = self._item(self.value(inner), place)
            case ast.Call():
                found = self._call(node)
            case _:
                found = self._composed(node)
        return found

    def _composed(self, node: ast.expr) -> Value:
        parts: Iterable[ast.expr] = (each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr))
        match node:
            case ast.ListComp(elt=inner, generators=loops) | ast.SetComp(elt=inner, generators=loops):
                self.loops(loops)
                parts = [inner]
            case ast.GeneratorExp(elt=inner, generators=loops):
                self.loops(loops)
                parts = [inner]
            case ast.IfExp(body=one, orelse=other):
                parts = [one, other]
            case ast.NamedExpr(target=target, value=inner):
                self.target(target, self.value(inner))
                parts = [inner]
            case ast.JoinedStr(values=texts):
                parts = [each.value for each in texts if isinstance(each, ast.FormattedValue)]
            case ast.Lambda():
                parts = []
        values = [self.value(each) for each in parts]
        found = join(values) if values else ANCHOR
        return replace(found, handle=False) if isinstance(node, ast.JoinedStr) else found

    def _attribute(self, node: ast.Attribute) -> Value:
        if isinstance(node.value, ast.Name) and f"{node.value.id}.{node.attr}" in self._values:
            return self._values[f"{node.value.id}.{node.attr}"]
        owner = self.value(node.value)
        handle = self._contract.get(f"{owner.kind}.{node.attr}") == "object"
        return Value(owner.anchor, owner.student, handle=handle) if owner.student else owner

    def _item(self, owner: Value, place: ast.expr) -> Value:
        index = place.value if isinstance(place, ast.Constant) else None
        parts = [each.parts[1] if each.paired else each for each in owner.parts]
        if isinstance(index, int) and -len(parts) <= index < len(parts) and not owner.parts[0].paired:
            return parts[index]
        found = join(parts) if parts else replace(owner, empty=False)
        return found if found.student else replace(found, student=self.value(place).student)

    def _call(self, node: ast.Call) -> Value:
        name, owner = called(node), self.owner(node)
        values = [self.value(each) for each in node.args]
        named = [each.value for each in node.keywords if not isinstance(each.value, ast.Constant)]
        helper = self._helpers.get(name) if isinstance(node.func, ast.Name) else None
        if helper and name not in self._values:
            return self.inlined(helper, values, node)
        if helper and not self._values[name].student:
            return self.inlined(helper, values, node)
        if owner.student or self.value(node.func).student:
            key = f"{owner.kind}.{name}()" if isinstance(node.func, ast.Attribute) else f"{name}()"
            handle = self._contract.get(key) == "object"
            return Value(student=True, handle=handle, kind=name if isinstance(node.func, ast.Name) else "")
        if is_shaping(name) and values:
            return replace(values[0], handle=False)
        parts = [*values, *map(self.value, named), *([owner] if isinstance(node.func, ast.Attribute) else ())]
        found = join([each for each in parts if each.student or each.anchor])
        if isinstance(node.func, ast.Attribute) and any(each.student for each in values):
            # `np.sum(y)`: that the library is the judge's anchors nothing.
            found = join([each for each in values if each.student or each.anchor])
        return replace(found, handle=found.handle and name not in _TELLING, parts=()) if parts else ANCHOR

    def owner(self, node: ast.Call) -> Value:
        """Return what a method that is called belongs to."""
        return self.value(node.func.value) if isinstance(node.func, ast.Attribute) else ANCHOR

    def inlined(self, helper: Helper, values: Sequence[Value], call: ast.Call | None = None) -> Value:
        """Follow a call of the judge's function: its checks are checks of the test that calls it."""
        plain = join(values) if values else ANCHOR
        self._calls += 1
        if len(self._places) > _DEEPEST or self._calls > _MOST:
            return plain
        kept, returned, seen = dict(self._values), self._returned, self._seen
        arguments = arguments_of(helper.node.args)
        self._values |= {each.arg: ANCHOR for each in arguments}
        self._values |= {each.arg: value for each, value in zip(arguments, values, strict=False)}
        for keyword in call.keywords if call else ():
            if keyword.arg:
                self._values[keyword.arg] = self.value(keyword.value)
        self._returned, self._seen = [], {}
        with self.at(helper.place):
            self.follow(helper.node.body)
        found = self._returned
        self._values, self._returned, self._seen = kept, returned, seen
        return join(found) if found else plain


def join(values: Iterable[Value]) -> Value:
    """Return what is known of a value made of others."""
    values = list(values)
    alike = values and len({len(each.parts) for each in values}) == 1
    return Value(
        any(each.anchor for each in values),
        any(each.student for each in values),
        bool(values) and all(each.empty for each in values),
        any(each.handle for each in values),
        next((each.kind for each in values if each.kind), ""),
        tuple(map(join, zip(*(each.parts for each in values), strict=True))) if alike else (),
        bool(values) and all(each.paired for each in values),
    )


def _dictionary(pairs: Iterable[tuple[Value, Value]]) -> Value:
    items = tuple(replace(join(pair), parts=pair, paired=True) for pair in pairs)
    return replace(join(items), parts=items, paired=False) if items else Value(anchor=True, empty=True)


def filled(container: Value, value: Value) -> Value:
    """Return a container with one more value in it; what was empty anchors nothing."""
    anchor = (container.anchor and not container.empty) or value.anchor
    return Value(anchor, container.student or value.student, handle=container.handle or value.handle)
