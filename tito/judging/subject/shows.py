"""What a cell shows in a notebook, besides what it prints: the value that it ends in and the figures left open."""

import ast
import contextlib
import io
import sys
import warnings
from typing import Any, Final

_TEXT: Final = 10_000
_INCHES: Final = 6.4
_DOTS: Final = 100


def parted(source: str, label: str, flags: int) -> list[tuple[ast.Module | ast.Expression, str]]:
    """Return a cell as trees, each with the mode to compile it in: the expression that it ends in is by itself.

    One behind which a semicolon stands is shown by no notebook.
    """
    tree = compile(source, label, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return [(tree, "exec")]
    tree.body.pop()
    return [(tree, "exec"), (ast.Expression(last.value), "eval")]


def value(shown: Any) -> str:
    """Return a value as a notebook shows it, cut to a limit."""
    return "" if shown is None else repr(shown)[:_TEXT]


def be_quiet() -> None:
    """Let matplotlib not say that nobody sees its figures: they are taken instead."""
    warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")


def pictures(most: int) -> tuple[list[bytes], int]:
    """Return the first figures that are open, as PNG, and how many there are; close them all, as a notebook does."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return [], 0
    numbers, drawn = pyplot.get_fignums(), []
    for number in numbers[:most]:
        # One that cannot be drawn counts among those that are left out.
        with contextlib.suppress(Exception):
            drawn.append(_drawn(pyplot.figure(number)))
    pyplot.close("all")
    return drawn, len(numbers)


def _drawn(figure: Any) -> bytes:
    place = io.BytesIO()
    side = max(*figure.get_size_inches(), _INCHES)
    figure.savefig(place, format="png", dpi=_DOTS * min(1.0, 2 * _INCHES / side))
    return place.getvalue()
