"""Mutate tito's own stations and run each one's own unit tests: `mutate.py [COUNT] [SEED] [STATION …]`.

Cosmic Ray's operators change one place of a module; a child of this process imports that instead of the file, and runs
those tests of tests/unit/<station> that run the place. A mutant that no test notices survives. Those in equivalent.toml
change nothing that anybody could see, each with its reason. Ends with 1 where fewer than 90 % of the others are killed.
"""

import ast
import importlib
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from reached import Only, Reaching, reaching

ROOT: Final = Path(__file__).parents[2]
STATIONS: Final = ("scoring", "report", "collection", "release", "locking")
# What a person might write by mistake; that `+` became `<<` says nothing of tests.
OPERATORS: Final = (
    *(f"ReplaceBinaryOperator_{each}" for each in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div")),
    *(f"ReplaceComparisonOperator_{each}" for each in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq")),
    *(f"ReplaceComparisonOperator_{each}" for each in ("NotEq_Eq", "Is_IsNot", "IsNot_Is", "Lt_Gt", "Gt_Lt")),
    *(f"ReplaceUnaryOperator_{each}" for each in ("Delete_USub", "Delete_Not")),
    "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "NumberReplacer", "ZeroIterationForLoop",
)  # fmt: skip
# Seconds; of the processor so many, and so many times what all tests take.
_PROCESSOR, _TIMES, _WALL = 5, 3, 300
_MEMORY: Final = 4 << 30

# By module and line the tests that run it.
Reached = Mapping[str, Mapping[int, Collection[str]]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One place of a station's module, changed: the line as it was and is, and the whole text."""

    station: str
    path: str
    line: int
    was: str
    now: str
    text: str

    @property
    def module(self) -> str:
        """The module's name."""
        return self.path.removesuffix(".py").replace("/", ".")


def mutants(station: str, count: int, chance: random.Random) -> list[Mutant]:
    """Return so many mutants of a station, at different places."""
    places = sorted({each for path in sorted((ROOT / "tito" / station).rglob("*.py")) for each in _places(path)})
    chance.shuffle(places)
    found: dict[tuple[str, int, int], Mutant] = {}
    for path, line, column, operator, occurrence in places:
        if len(found) == count:
            break
        if (path, line, column) not in found and (made := _mutant(station, path, operator, occurrence)):
            found[path, line, column] = made
    return list(found.values())


def _places(path: Path) -> Iterator[tuple[str, int, int, str, int]]:
    """Yield where operators apply: path, line, column, operator, and how manieth of the operator's places it is."""
    source = path.read_text("utf-8")
    tree, annotated = get_ast(source), _annotations(source)
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        places = [start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node)]
        for occurrence, (line, column) in enumerate(places):
            if not any(first <= (line, column) < last for first, last in annotated):
                yield path.relative_to(ROOT).as_posix(), line, column, name, occurrence


def _annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where annotations and classes' decorators are, and what only a mistake would bring to light."""
    found: list[ast.AST] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            found += [each.annotation for each in arguments if each.annotation]
            found += [node.returns] if node.returns else []
        elif isinstance(node, ast.ClassDef):
            # That values are frozen and have slots is a habit, and no behaviour.
            found += node.decorator_list
        elif isinstance(node, ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            found.append(node)
        elif isinstance(node, ast.keyword) and ast.unparse(node) == "strict=True":
            # That two lists are as long is taken for granted; it is said so that a fault is not silent.
            found.append(node)
    return [((each.lineno, each.col_offset), (each.end_lineno, each.end_col_offset)) for each in found]


def _mutant(station: str, path: str, operator: str, occurrence: int) -> Mutant | None:
    source = (ROOT / path).read_text("utf-8")
    text = mutate_code(source, get_operator(f"core/{operator}")(), occurrence)
    if text is None or text == source:
        return None
    # Of a signature the `*` is no product.
    if text.count("/,") > source.count("/,"):
        return None
    pairs = enumerate(zip(source.split("\n"), text.split("\n"), strict=False), 1)
    line, (was, now) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    return Mutant(station, path, line, was.strip(), now.strip(), text)


def run(mutant: Mutant | None, station: str, plugin: object, tests: Collection[str] | None = None) -> int:
    """Run a station's tests in this process, with a mutant in its module's place; return pytest's exit code."""
    import pytest

    if mutant:
        sys.meta_path.insert(0, _Instead(mutant))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
    with tempfile.TemporaryDirectory() as folder:
        # Pytest would read our modules itself, as those of a plugin; and plugins are there before it looks for them.
        calm = ["-p", "no:randomly", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        options = ["-x", "-q", "--assert=plain", *calm, f"--rootdir={ROOT}", f"--basetemp={folder}/t"]
        return int(pytest.main([*options, *_ordered(mutant, station, tests)], [plugin]))


def _ordered(mutant: Mutant | None, station: str, tests: Collection[str] | None) -> list[str]:
    """Return the files of a station's tests, those first that name the mutant's module."""
    # A browser takes more memory than a mutant may, and a second for each.
    files = sorted(path for path in (ROOT / "tests/unit" / station).rglob("test_*.py") if path.stem != "test_browser")
    if tests is not None:
        wanted = {each.partition("::")[0] for each in tests}
        files = [path for path in files if path.relative_to(ROOT).as_posix() in wanted]
    if mutant:
        files.sort(key=lambda path: mutant.module not in path.read_text("utf-8"))
    return list(map(str, files))


class _Instead(importlib.machinery.SourceFileLoader):
    """Finds one module, and gives it the mutant's text."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(ROOT / mutant.path))
        self._mutant = mutant

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Return where a module is, where it is the mutant's."""
        if name != self._mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, ROOT / self._mutant.path, loader=self)

    def get_code(self, fullname: str) -> object:
        """Return the mutant's code."""
        return compile(self._mutant.text, str(ROOT / self._mutant.path), "exec", dont_inherit=True)


def killed(
    chosen: Sequence[tuple[Mutant, Collection[str] | None]], spent: Mapping[str, float]
) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant as it is done, and whether one of its tests noticed it; `spent` is what all tests take."""
    waiting, running = list(reversed(chosen)), dict[int, tuple[Mutant, float]]()
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            mutant, tests = waiting.pop()
            if tests is not None and not tests:
                yield mutant, False
                continue
            running[_forked(mutant, tests, _PROCESSOR + round(_TIMES * spent[mutant.station]))] = (
                mutant,
                time.monotonic(),
            )
        for child, (mutant, begun) in list(running.items()):
            if time.monotonic() - begun > _WALL:
                os.kill(child, signal.SIGKILL)
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                del running[child]
                yield mutant, status != 0
        time.sleep(0.01)


def _forked(mutant: Mutant, tests: Collection[str] | None, seconds: int) -> int:
    """Run tests in a child; return the child's number."""
    child = os.fork()
    if not child:
        code = 9
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            code = run(mutant, mutant.station, Only(tests) if tests is not None else None, tests)
        finally:
            os._exit(code)
    return child


def warm(station: str) -> tuple[Reached, float]:
    """Return which tests run which lines, and the processor's seconds for all. Ends with 4 where one fails as it is.

    Imports what the tests need and is not tito's, so that no child has to.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        plugin = Reaching(ROOT / "tito" / station)
        code = run(None, station, plugin)
        names = sorted(name for name in sys.modules if name.partition(".")[0] not in {"tito", "tests", "__main__"})
        with os.fdopen(write, "w", encoding="utf-8") as told:
            json.dump([names, plugin.lines(ROOT)], told)
        os._exit(code)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as told:
        names, lines = json.load(told)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(4)
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001, S112 - made while tests ran; the child makes it again
            continue
    return {path: {int(line): tests for line, tests in found.items()} for path, found in lines.items()}, used.ru_utime


def equivalents() -> dict[tuple[str, str, str], str]:
    """Return the mutants that change nothing, with the reason."""
    content = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text("utf-8"))
    return {(each["path"], each["was"], each["now"]): each["why"] for each in content["mutant"]}


def main(count: int = 200, seed: int = 1, *stations: str) -> int:
    """Print the survivors and return 0 where nine of ten mutants are killed."""
    chosen = stations or STATIONS
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    known, share = equivalents(), count // len(chosen)
    # A station alone draws what it draws with the others.
    drawn = [each for name in chosen for each in mutants(name, share, random.Random(f"{seed} {name}"))]
    wanted = [each for each in drawn if (each.path, each.was, each.now) not in known]
    warmed = {station: warm(station) for station in chosen}
    spent = {station: seconds for station, (_, seconds) in warmed.items()}
    pairs = [(each, _tests(each, warmed[each.station][0])) for each in wanted]
    dead = dict.fromkeys(chosen, 0)
    for mutant, was_killed in killed(pairs, spent):
        dead[mutant.station] += was_killed
        if not was_killed:
            print(f"{mutant.path}:{mutant.line}\n  - {mutant.was}\n  + {mutant.now}", flush=True)
    for station in chosen:
        print(f"{station}: {dead[station]} of {sum(each.station == station for each in wanted)}")
    percent = 100 * sum(dead.values()) / max(len(wanted), 1)
    print(
        f"{sum(dead.values())} of {len(wanted)} mutants killed, {percent:.1f} %; {len(drawn) - len(wanted)} equivalent"
    )
    return int(percent < 90)


def _tests(mutant: Mutant, lines: Reached) -> frozenset[str] | None:
    return reaching((ROOT / mutant.path).read_text("utf-8"), mutant.line, lines.get(mutant.path, {}))


if __name__ == "__main__":
    first, second, *rest = [*sys.argv[1:], "200", "1"][: max(len(sys.argv) - 1, 2)]
    sys.exit(main(int(first), int(second), *rest))
