"""otter's test cells as tests: what a cell showed when it was saved is what it has to show."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from tito.model.document import Cell
from tito.records import dataclass
from tito.source.plain import PlainError, yaml_data
from tito.source.syntax import parsed

_CONFIG: Final = re.compile(
    r"(?:\w+\s*=\s*)?\"{2,3}\s*#\s*BEGIN\s*TEST\s*CONFIG[^\n]*\n(?P<yaml>.*?)\"{2,3}\s*#\s*END\s*TEST\s*CONFIG[^\n]*",
    re.DOTALL | re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"\s*#.*\bhidden\b", re.IGNORECASE)
_DECIMALS: Final = 3
_SHOWN: Final = "tito_shown"


@dataclass(frozen=True, slots=True)
class Case:
    """One test cell of a question: its statements as a test, whether students see it, and its points if it says."""

    source: str
    hidden: bool = False
    points: Decimal | None = None


def case_of(cell: Cell, *, doctest: bool) -> Case:
    """Return the test that a cell of a tests block is; as a `doctest`, or as a function of names of the notebook.

    Raises ValueError for a cell that otter refuses as well, or that cannot be a test here.
    """
    source, config = _parted(cell.source.strip("\n"))
    hidden = bool(_HIDDEN.match(cell.source.split("\n", 1)[0]))
    tree = parsed(source)
    if tree is None:
        raise ValueError("a test is not Python")
    message = str(config.get("failure_message") or "")
    body = _shown(tree, _output(cell), message) if doctest else _function(tree)
    points = config.get("points")
    return Case(body, bool(config.get("hidden", hidden)), None if points is None else Decimal(str(points)))


def priced(cases: Sequence[Case], total: object) -> tuple[Case, ...]:
    """Return a question's tests with the points of each, of which a gradebook keeps three decimals.

    `total` is the question's: a number, a number for each, or nothing, which is one point. Source: otter's
    `TestFile.resolve_test_file_points`. Raises ValueError for points that do not add up.
    """
    if isinstance(total, Mapping):
        total = Decimal(str(total.get("each", 1))) * len(cases)
    if isinstance(total, list):
        if len(total) != len(cases):
            raise ValueError(f"it has {len(total)} points for {len(cases)} tests")
        given = [None if each is None else Decimal(str(each)) for each in total]
        cases, total = [replace(case, points=each) for case, each in zip(cases, given, strict=True)], None
    known = sum((case.points for case in cases if case.points is not None), Decimal(0))
    open_ones = [case for case in cases if case.points is None]
    # A question that says nothing is worth one point, unless its tests say something.
    rest = Decimal(str(total)) - known if total is not None else Decimal(0 if known else 1)
    if rest < 0:
        raise ValueError(f"its tests are worth {known} points, and it is worth {total}")
    shares = iter(_shares(rest, len(open_ones)))
    return tuple(replace(case, points=next(shares)) if case.points is None else case for case in cases)


def _shares(points: Decimal, count: int) -> list[Decimal]:
    """Return equal parts of points, the last of which takes what rounding leaves."""
    if not count:
        return []
    part = round(points / count, _DECIMALS)
    return [part] * (count - 1) + [points - part * (count - 1)]


def _parted(source: str) -> tuple[str, Mapping[str, Any]]:
    """Part a test from its configuration."""
    found = _CONFIG.match(source)
    if not found:
        return source, {}
    try:
        config = yaml_data(found["yaml"])
    except PlainError as fault:
        raise ValueError(f"its TEST CONFIG is no YAML: {fault}") from None
    if not isinstance(config, Mapping):
        raise ValueError("its TEST CONFIG is no mapping")  # noqa: TRY004 - a fault of the notebook's
    return source[found.end() :].strip("\n"), config


def _output(cell: Cell) -> str:
    """Return what a cell showed when it was saved: what it printed, and its last value."""
    found = []
    outputs = cell.extras.get("outputs")
    for each in outputs if isinstance(outputs, list) else ():
        data = each.get("data", {}) if isinstance(each, Mapping) else {}
        value = data.get("text/plain", "") if isinstance(data, Mapping) else ""
        text = each.get("text", "") if isinstance(each, Mapping) else ""
        found += ["".join(part) if isinstance(part, list) else str(part) for part in (text, value)]
    return "".join(found)


def _shown(tree: ast.Module, output: str, message: str) -> str:
    """Return statements as a test that what they show is `output`, but for blanks."""
    *before, last = tree.body or [ast.Pass()]
    said = f", {message!r}" if message else ""
    prints = any(isinstance(each, ast.Name) and each.id == "print" for each in ast.walk(tree))
    if prints and output.strip():
        body = "\n".join(f"    {line}" for line in ast.unparse(tree).split("\n"))
        head = f"import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as {_SHOWN}:\n{body}"
        return f"{head}\nassert {_SHOWN}.getvalue().split() == {output!r}.split(){said}"
    if not isinstance(last, ast.Expr) or not output.strip():
        return ast.unparse(_told(tree, message))
    head = ast.unparse(ast.Module(before, []))
    value = ast.unparse(last.value)
    return f"{head}\nassert {_compared(value, output)}{said}".strip("\n")


def _told(tree: ast.Module, message: str) -> ast.Module:
    """Return statements whose bare assertions say a message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is None and message:
            node.msg = ast.Constant(message)
    return tree


def _compared(value: str, output: str) -> str:
    """Return a comparison of an expression with what it showed: as a value where that is a literal, else as text."""
    text = output.strip()
    if text in {"True", "False"}:
        return f"bool({value}) is {text}"
    try:
        literal = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return f"repr({value}).split() == {text!r}.split()"
    return f"({value}) == {literal!r}"


class _Environment(ast.NodeTransformer):
    """Names in place of `env["name"]`, which is the notebook's own."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        match node:
            case ast.Subscript(value=ast.Name(id="env"), slice=ast.Constant(value=str(name))) if name.isidentifier():
                return ast.copy_location(ast.Name(name, node.ctx), node)
        return self.generic_visit(node)


def _function(tree: ast.Module) -> str:
    """Return a test function and its call; its arguments are names of the notebook, `env` is all of them."""
    function = next(iter(tree.body), None)
    if not isinstance(function, ast.FunctionDef):
        raise ValueError("a test is no function, as `ok_format: false` has it")  # noqa: TRY004 - likewise
    made = _Environment().visit(function)
    names = [each.arg for each in made.args.args if each.arg != "env"]
    made.args.args = [each for each in made.args.args if each.arg != "env"]
    if any(isinstance(each, ast.Name) and each.id == "env" for each in ast.walk(made)):
        raise ValueError('it uses `env` in another way than env["name"]')
    return f"{ast.unparse(made)}\n\n\n{function.name}({', '.join(names)})"
