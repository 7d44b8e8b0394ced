"""The text of a submission as the judge has it: what a subject says of places and names in it is checked here."""

import ast
import builtins
import inspect
import linecache
import re
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tito.model.outcome import Frame

MAX_FRAMES: Final = 8
_MAX_LINE: Final = 1_000_000
_MAX_PARAMETERS: Final = 200
_LONGEST_TEXT: Final = 1_000
_KINDS: Final = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)
# How Python calls what has no name of its own in the text; "<cell>" is a cell that cannot be compiled.
_NAMELESS: Final = frozenset({"<module>", "<cell>", "<lambda>", "<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})
_WORD: Final = re.compile(r"\w+")


class Sources:
    """Texts by label: the submission's cells, and those of the modules before it."""

    def __init__(self) -> None:
        self._texts: dict[str, list[tuple[int, str]]] = {}
        self._trees: dict[str, ast.Module] = {}
        self._codes: dict[str, list[types.CodeType]] = {}

    def add(self, label: str, line: int, text: str) -> None:
        """Take in a text that stands in `label` from `line` on."""
        self._texts.setdefault(label, []).append((line, text))
        self._trees.pop(label, None)
        self._codes.pop(label, None)

    def frames(self, told: Iterable[Sequence[Any]]) -> tuple[Frame, ...]:
        """Return the frames that lie in these texts, of at most as many as an honest subject tells.

        What names no line and no name of the submission's own could carry anything to whoever reads it.
        """
        found = (self._frame(*each) for each in list(told)[-MAX_FRAMES:])
        return tuple(frame for frame in found if frame)

    def described(self, name: str, place: Any, what: str, *, bound: bool = False) -> Any:
        """Return the code (`__code__`) or the signature of a function of that name, or None where there is none.

        The name of a method is "Class.name". `place` is the label and line at which the subject says that it begins;
        the text decides.
        """
        found = self._code(name, place)
        if found is None:
            return None
        label, code = found
        if what == "__code__":
            lines = self._lines(label)
            # inspect looks for a text here before it gives up on a file that there is not.
            linecache.cache[label] = (len(lines), None, lines, label)
            return code
        return signature_of(self._node(label, code.co_name, code.co_firstlineno), bound=bound)

    def lines_of_class(self, name: str) -> tuple[list[str], int] | None:
        """Return a text's lines and the place in them at which a class of that name begins."""
        for label in reversed(self._texts):
            for node in reversed(_nodes(self._tree(label))):
                if isinstance(node, ast.ClassDef) and node.name == name:
                    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                    return self._lines(label), first - 1
        return None

    def _code(self, name: str, place: Any) -> tuple[str, types.CodeType] | None:
        (label, line), (_, _, last) = place, name.rpartition(".")
        found: tuple[str, types.CodeType] | None = None
        for each in self._texts:
            for code in _codes(self._compiled(each)):
                if code.co_name == last and (each, code.co_firstlineno) == (label, line):
                    return (each, code)
                # What a decorator gave in place of it stands elsewhere; a method of that name may be another class's.
                if code.co_name == last and f".{code.co_qualname}".endswith(f".{name}"):
                    found = (each, code)
        return found

    def _node(self, label: str, name: str, line: int) -> Any:
        for node in map(_anything, _nodes(self._tree(label))):
            if isinstance(node, ast.Lambda) and name == "<lambda>" and node.lineno == line:
                return node
            named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
            if named and line in {node.lineno, *(each.lineno for each in node.decorator_list)}:
                return node
        return None

    def _lines(self, label: str) -> list[str]:
        """Return all of a label's lines, each at its place."""
        lines: list[str] = []
        for first, text in sorted(self._texts[label]):
            lines[first - 1 :] = []
            lines += [""] * (first - 1 - len(lines)) + text.splitlines()
        return [f"{line}\n" for line in lines]

    def _tree(self, label: str) -> ast.Module:
        if label not in self._trees:
            parts = [_parsed("\n" * (line - 1) + text) for line, text in self._texts[label]]
            self._trees[label] = ast.Module([node for part in parts for node in part.body], [])
        return self._trees[label]

    def _compiled(self, label: str) -> list[types.CodeType]:
        if label not in self._codes:
            texts = ("\n" * (line - 1) + text for line, text in self._texts[label])
            self._codes[label] = [code for text in texts if (code := _code_of(text, label))]
        return self._codes[label]

    def _frame(self, label: Any, line: Any, function: Any) -> Frame | None:
        if not isinstance(label, str) or not isinstance(function, str) or type(line) is not int:
            return None
        if label not in self._texts or not 0 < line <= _MAX_LINE:
            return None
        if function not in _NAMELESS and not self._names(label, function):
            return None
        return Frame(label, line, function)

    def _names(self, label: str, word: str) -> bool:
        return any(word in _WORD.findall(text) for _, text in self._texts[label] if word in text)


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # A cell that cannot be compiled defines nothing.
        return ast.Module([], [])


def _code_of(text: str, label: str) -> types.CodeType | None:
    try:
        return compile(text, label, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _codes(roots: list[types.CodeType]) -> Iterator[types.CodeType]:
    waiting = list(roots)
    while waiting:
        code = waiting.pop(0)
        yield code
        waiting += [each for each in code.co_consts if isinstance(each, types.CodeType)]


def _anything(node: Any) -> Any:
    return node


def _nodes(tree: ast.Module) -> list[ast.AST]:
    return list(ast.walk(tree))


def signature_of(node: Any, *, bound: bool) -> inspect.Signature | None:
    """Return the signature that a function's text gives it; values that are no literals stand as their text."""
    if node is None:
        return None
    given, kinds = node.args, inspect.Parameter
    plain = [*given.posonlyargs, *given.args]
    defaults = [None] * (len(plain) - len(given.defaults)) + list(given.defaults)
    found = [
        _parameter(one, kinds.POSITIONAL_ONLY if one in given.posonlyargs else kinds.POSITIONAL_OR_KEYWORD, default)
        for one, default in zip(plain, defaults, strict=True)
    ]
    if given.vararg:
        found.append(_parameter(given.vararg, kinds.VAR_POSITIONAL, None))
    pairs = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    found += [_parameter(one, kinds.KEYWORD_ONLY, default) for one, default in pairs]
    if given.kwarg:
        found.append(_parameter(given.kwarg, kinds.VAR_KEYWORD, None))
    returns = getattr(node, "returns", None)
    result = _value(returns) if returns else inspect.Signature.empty
    return inspect.Signature(found[1:] if bound else found, return_annotation=result)


def told_signature(parameters: Sequence[Sequence[Any]], returns: str | None) -> inspect.Signature:
    """Return the signature that a subject tells: by parameter its name, its kind, texts of default and annotation."""
    if len(parameters) > _MAX_PARAMETERS:
        raise ValueError("a signature is too long")
    annotation = inspect.Signature.empty if returns is None else value_of(returns)
    return inspect.Signature([_told_parameter(*each) for each in parameters], return_annotation=annotation)


def value_of(text: str) -> Any:
    """Return what a text stands for: a literal's value, one of Python's types, or the text itself."""
    try:
        return _value(ast.parse(text[:_LONGEST_TEXT], mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Text(text[:_LONGEST_TEXT])


def code_like(signature: inspect.Signature, name: str) -> types.CodeType:
    """Return the code of a function that takes what a signature says, and does nothing."""
    empty = inspect.Parameter.empty
    bare = [each.replace(default=empty, annotation=empty) for each in signature.parameters.values()]
    text = f"def {name if name.isidentifier() else '_'}{inspect.Signature(bare)}: pass"
    return next(each for each in compile(text, "<made>", "exec").co_consts if isinstance(each, types.CodeType))


def _told_parameter(name: str, kind: int, default: str | None, annotation: str | None) -> inspect.Parameter:
    made = inspect.Parameter(name, _KINDS[kind])
    return made.replace(**{
        key: value_of(text) for key, text in (("default", default), ("annotation", annotation)) if text is not None
    })  # fmt: skip


def _parameter(one: ast.arg, kind: Any, default: ast.expr | None) -> inspect.Parameter:
    empty = inspect.Parameter.empty
    annotation = _value(one.annotation) if one.annotation else empty
    return inspect.Parameter(one.arg, kind, default=_value(default) if default else empty, annotation=annotation)


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Name):
        found = vars(builtins).get(node.id)
        return found if isinstance(found, type) else Text(node.id)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return Text(ast.unparse(node))


class Text(str):
    """An expression of the submission's, which nothing here evaluates; it is shown as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def serve_inspect() -> None:
    """Let inspect find the text of a submission's class, too: it looks for that in a file alone."""
    if getattr(inspect.findsource, "_tito_serves", False):
        return
    original = inspect.findsource

    def findsource(looked_at: Any) -> Any:
        session = getattr(looked_at, "_tito_session", None) if isinstance(looked_at, type) else None
        found = session.sources.lines_of_class(looked_at.__name__) if session else None
        return found or original(looked_at)

    findsource._tito_serves = True  # type: ignore[attr-defined]
    inspect.findsource = findsource  # type: ignore[assignment]
