"""What a name of the notebook stands for at a place: whose it is, why, and what made it so."""

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Final, Literal

from tito.locking.bindings import roots
from tito.locking.uses import Use
from tito.model.grader import Source
from tito.records import dataclass

Kind = Literal["import", "function", "class", "value"]

# A name that no code can have: what numpy's and Python's shared generators draw next.
RANDOM: Final = "<random>"
PYPLOT: Final = frozenset({"matplotlib.pyplot", "pylab"})
# What of pyplot tells nothing of a figure.
_FIGURELESS: Final = frozenset(
    {"Axes", "Figure", "close", "cm", "colormaps", "get_cmap", "rcParams", "show", "style"}
)
_OWN_GENERATORS: Final = frozenset(
    {"Generator", "Random", "RandomState", "SeedSequence", "SystemRandom", "default_rng"}
)
_JUPYTER: Final = frozenset({"In", "Out", "_", "display", "exit", "get_ipython", "quit"})
_PAIRING: Final = frozenset({"enumerate", "filter", "iter", "list", "reversed", "sorted", "tuple", "zip"})


@dataclass(frozen=True, slots=True)
class Origin:
    """What a name stands for.

    `made` are the numbers of the steps that made it what it is. Using it may read what it `holds`, and calling it
    does what `does` says; `maybe` are functions that had a part in making it. `within` says that the judge has it
    only when a test has run, or that it is computed from the student's work there. `library` is what an import names.
    """

    source: Source
    why: str
    kind: Kind = "value"
    made: tuple[int, ...] = ()
    holds: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    does: Use = field(default_factory=Use)
    within: bool = False
    library: str = ""

    @property
    def is_students(self) -> bool:
        """Whether it is the submission's, or rests on it."""
        return self.source is Source.SUBMISSION or self.within

    def changed_by(self, step: int, holds: Iterable[str] = ()) -> "Origin":
        """Return it as it is after one more step."""
        made = self.made if step in self.made else (*self.made, step)
        return replace(self, made=made, holds=self.holds | frozenset(holds))


def reach(names: Iterable[str], lookup: Callable[[str], Origin | None], *, broad: bool) -> dict[str, Origin]:
    """Return the names that using `names` may read, with their origins; with `broad`, rather one too many."""
    found: dict[str, Origin] = {}
    stack = sorted(names, reverse=True)
    while stack:
        name = stack.pop()
        origin = lookup(name)
        if origin is None or name in found:
            continue
        found[name] = origin
        if origin.source is Source.JUDGE:
            stack += sorted(origin.holds | origin.maybe if broad else origin.holds, reverse=True)
    return found


def is_pythons(name: str) -> bool:
    """Return whether a name that nothing binds is there all the same, in Python or in Jupyter."""
    return hasattr(builtins, name) or name in _JUPYTER or (name.startswith("__") and name.endswith("__"))


def libraries(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, with the dotted name of what each stands for."""
    for each in node.names:
        if isinstance(node, ast.ImportFrom):
            yield each.asname or each.name, f"{'.' * node.level}{node.module or ''}.{each.name}".lstrip(".")
        else:
            yield (
                each.asname or each.name.partition(".")[0],
                each.name if each.asname else each.name.partition(".")[0],
            )


def draws(use: Use, known: Mapping[str, Origin]) -> bool:
    """Return whether code uses the generators that numpy and Python share with everybody."""
    for name in use.reads:
        origin = known.get(name)
        module, _, last = (origin.library if origin else "").rpartition(".")
        if module in {"random", "numpy.random"} and last not in _OWN_GENERATORS:
            return True
    for name, attribute in use.dotted:
        library = known[name].library if name in known else ""
        shared = library in {"random", "numpy.random"} and attribute not in _OWN_GENERATORS
        if shared or (library == "numpy" and attribute == "random"):
            return True
    return False


def looks_at_figures(use: Use, known: Mapping[str, Origin]) -> frozenset[str]:
    """Return the names by which code asks pyplot for figures, or changes how they are drawn."""
    asked = {name for name, attribute in use.dotted if attribute not in _FIGURELESS} | use.changes | use.sets
    return frozenset(name for name in asked if name in known and known[name].library in PYPLOT)


def aliases(node: ast.stmt) -> Iterator[tuple[str, bool, frozenset[str]]]:
    """Yield (name, goes on, others): a name that stands for what others do, or a part of it, from a statement on.

    One that goes on stands for what it did before as well.
    """
    for each in ast.walk(node):
        match each:
            case ast.Assign(targets=targets, value=ast.expr() as value):
                yield from ((*target, roots(value)) for one in targets for target in _bound(one))
            case ast.AnnAssign(target=one, value=ast.expr() as value) | ast.NamedExpr(target=one, value=value):
                yield from ((*target, roots(value)) for target in _bound(one))
            case ast.For(target=one, iter=items) | ast.comprehension(target=one, iter=items):
                yield from ((*target, _items_of(items)) for target in _bound(one))


def _bound(target: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield the names in a target, and whether they only get a new part."""
    match target:
        case ast.Name(id=name):
            yield name, False
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _bound(part)
        case ast.Starred(value=inner):
            yield from _bound(inner)
        case _:
            yield from ((name, True) for name in roots(target))


def _items_of(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=parts) if name in _PAIRING:
            return frozenset[str]().union(*map(_items_of, parts))
    return roots(node, calls=True)
