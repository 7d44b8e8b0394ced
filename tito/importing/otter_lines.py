"""otter's `# SOLUTION` lines and blocks become regions: whole statements, with the prompts as comments above them."""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Final

from tito.records import dataclass
from tito.source.syntax import parsed

_ASSIGNED: Final = re.compile(r"(\s*(?:[\w.]+(?=[^\w.])(?:\[['\"]?.*['\"]?\])*(?:,\s*)?)+\s*=).* ?# ?SOLUTION")
_SOLUTION: Final = re.compile(r"(?P<code>.*?)\s*# ?SOLUTION(?P<bare> NO PROMPT)?\s*$")
_BEGIN: Final = re.compile(r"\s*# BEGIN SOLUTION(?P<bare> NO PROMPT)?\s*$")
_END: Final = re.compile(r".*# END SOLUTION\s*$")
_PROMPT: Final = re.compile(r"\s*(?:\w+\s*=\s*)?[\"']{1,3}\s*# BEGIN PROMPT\s*$")
_PROMPT_END: Final = re.compile(r".*# END PROMPT\s*$")
_IGNORED: Final = re.compile(r".*# IGNORE\s*$")
_BEGIN_IGNORE: Final = re.compile(r"\s*#\s*BEGIN\s*IGNORE\b", re.IGNORECASE)
_END_IGNORE: Final = re.compile(r".*# END IGNORE\s*$")
_SEED: Final = re.compile(r"\s*# SEED\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the solved cell: whether students lack it, and what otter shows them in its place."""

    text: str
    solution: bool = False
    prompt: str = ""


def regions(source: str) -> str:
    """Return a solution cell with tito's regions around what otter takes out of it.

    A region holds whole statements; what otter would leave of them, such as `x = ...`, stands above as a comment.
    Raises ValueError with (line, what) for blocks that otter refuses as well.
    """
    lines = list(_read(without_ignored(source).split("\n")))
    text = "\n".join(line.text for line in lines)
    tree = parsed(text)
    chosen = {number for number, line in enumerate(lines, 1) if line.solution and line.text.strip()}
    if not chosen:
        return text
    spans = _joined(_spans(tree.body, chosen), lines) if tree else [(min(chosen), max(chosen))]
    return "\n".join(_marked(lines, spans)).strip("\n")


def without_ignored(source: str) -> str:
    """Return a cell's source without the lines that otter ignores."""
    kept, inside = [], False
    for line in source.split("\n"):
        if inside or _BEGIN_IGNORE.match(line):
            inside = not _END_IGNORE.match(line)
        elif not _IGNORED.match(line):
            kept.append(_SEED.sub("", line))
    return "\n".join(kept)


def is_ignored(source: str) -> bool:
    """Say whether otter leaves a cell out."""
    return bool(re.match(r"(##\s*ignore\s*##\s*|#\s*ignore\s*)", source, re.IGNORECASE))


def _read(lines: Sequence[str]) -> Iterator[_Line]:
    opened = 0
    for number, (line, prompt) in enumerate(_without_prompts(lines), 1):
        if prompt is not None:
            yield _Line("", solution=True, prompt=prompt)
        elif begin := _BEGIN.match(line):
            if opened:
                raise ValueError(number, f"BEGIN SOLUTION inside that of line {opened}")
            opened = number
            yield _Line("", solution=True, prompt="" if begin["bare"] else "...")
        elif _END.match(line):
            if not opened:
                raise ValueError(number, "END SOLUTION without its BEGIN")
            opened = 0
        else:
            yield _line(line, inside=bool(opened))
    if opened:
        raise ValueError(opened, "BEGIN SOLUTION without its END")


def _without_prompts(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield lines; in place of a prompt, which stands in a string, an empty one and what it says."""
    told: list[str] | None = None
    for line in lines:
        if told is None and not _PROMPT.match(line):
            yield line, None
        elif told is None:
            told = []
        elif _PROMPT_END.match(line):
            yield "", "\n".join(told)
            told = None
        else:
            told.append(line)


def _line(line: str, *, inside: bool) -> _Line:
    found = _SOLUTION.match(line)
    if not found:
        return _Line(line, solution=inside)
    assigned = _ASSIGNED.match(line)
    bare = found["bare"] or inside or not assigned
    return _Line(found["code"], solution=True, prompt="" if bare or not assigned else f"{assigned[1]} ...")


def _spans(body: Sequence[ast.stmt], chosen: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines of the smallest statements that hold all chosen lines."""
    for node in body:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        own = chosen & set(range(first, (node.end_lineno or first) + 1))
        inner = [each for part in _bodies(node) for each in part]
        within = {line for each in inner for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)}
        if own and own <= within:
            for part in _bodies(node):
                yield from _spans(part, own)
        elif own:
            yield first, node.end_lineno or first


def _bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        if isinstance(part := getattr(node, name, None), list):
            yield part
    for handler in getattr(node, "handlers", ()):
        yield handler.body


def _joined(spans: Iterator[tuple[int, int]], lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """Return spans as regions: those of one block between which nothing stands that students keep are one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        between = lines[found[-1][1] : first - 1] if found else ()
        alike = bool(found) and _indent(lines[found[-1][0] - 1].text) == _indent(lines[first - 1].text)
        if alike and all(line.solution or not line.text.strip() for line in between):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _marked(lines: Sequence[_Line], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    starts, ends = dict(spans), {last for _, last in spans}
    inside = {number for first, last in spans for number in range(first, last + 1)}
    waiting: list[str] = []
    for number, line in enumerate(lines, 1):
        if number not in inside and line.solution:
            # A block's own marker, or a prompt that stands alone.
            waiting += line.prompt.split("\n") if line.prompt else []
            continue
        if number in starts:
            own = [each.prompt for each in lines[number - 1 : starts[number]] if each.prompt]
            prompts = [*waiting, *(part for prompt in own for part in prompt.split("\n"))]
            yield from _comments(prompts, _indent(line.text))
            yield f"{_indent(line.text)}### BEGIN SOLUTION"
            waiting = []
        yield line.text
        if number in ends:
            yield f"{_indent(lines[_start(spans, number) - 1].text)}### END SOLUTION"
    yield from _comments(waiting, "")


def _start(spans: Sequence[tuple[int, int]], last: int) -> int:
    return next(first for first, end in spans if end == last)


def _comments(prompts: Sequence[str], indent: str) -> Iterator[str]:
    """Yield prompts as comments; one that says nothing but `...` needs none."""
    yield from (f"{indent}# {prompt.strip()}" for prompt in prompts if prompt.strip(" .\t"))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
