"""What the instructors' commands print: one small table each, or the same as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.points import points
from tito.model.submission import Fates
from tito.report import Style, document, label, safe
from tito.report.fates import fates_report
from tito.report.words import counted, left_out

if TYPE_CHECKING:
    from tito.errors import Problem
    from tito.report.lms import Filled
    from tito.workflows.course.export import Exported
    from tito.workflows.course.init import Initiated
    from tito.workflows.course.lock import Locked
    from tito.workflows.course.names import Named
    from tito.workflows.course.release import Release
    from tito.workflows.course.rubric import Checked
    from tito.workflows.course.validate import Validated
    from tito.workflows.grading.collect import Collected


def to_json(command: str, results: Sequence[Any], *, ok: bool = True) -> str:
    """Return the JSON document of a command's results: one object each, keyed as their dataclasses are."""
    data = [asdict(each) if is_dataclass(each) and not isinstance(each, type) else each for each in results]
    return document(command, data, ok=ok)


def initiated(made: "Initiated") -> RenderableType:
    """Say what a new course holds."""
    head = Text(f"a course of one module, {points(made.points)} points: reference 100 %, stub 0", style="bold")
    return Group(head, *(Text(f"  {safe(name)}") for name in made.files))


def released(result: "Release", out: str, style: Style) -> RenderableType:
    """Say what was written for students, with warnings."""
    table = _table(style, "module", "criteria", "hidden", "proof")
    for each in result.modules:
        table.add_row(each.module, str(each.criteria), str(each.hidden), "reference 100 %, stub 0")
    names = [*(name for each in result.modules for name in each.files), *result.files]
    files = [Text(f"  {out}/{name}") for name in names]
    warnings = _warnings([text for each in result.modules for text in each.warnings])
    return Group(table, Text("written:"), *files, *warnings)


def locked(results: Sequence["Locked"], style: Style, *, check: bool) -> RenderableType:
    """Say what each grader holds and what was written, or has drifted."""
    table = _table(style, "module", "criteria", "points", "drift" if check else "written")
    for each in results:
        what = "\n".join(each.changed) or ("none" if check else "nothing: in step already")
        table.add_row(each.module, str(each.criteria), points(each.points), Text(safe(what)))
    shared = [
        f"{test} runs beside the submission (shared): it can be forged" for each in results for test in each.shared
    ]
    notes = [f"{each.module}: {note}" for each in results for note in each.notes]
    without = [f"{each.module}: {left_out(cell)}" for each in results for cell in each.left_out]
    return Group(table, *_warnings([*shared, *without, *notes]))


def named(results: Sequence["Named"], style: Style) -> RenderableType:
    """Say where each name comes from, block by block."""
    table = _table(style, "module", "block", "name", "source", "why")
    before = ("", "")
    for each in results:
        here = (each.module, each.block)
        first = ["" if here[0] == before[0] else here[0], "" if here == before else here[1]]
        table.add_row(*first, Text(safe(each.name)), each.source, Text(safe(each.why)))
        before = here
    return table


def exported(results: Sequence["Exported"], style: Style, *, check: bool) -> RenderableType:
    """Say which file of the package each module makes, and whether it changed."""
    words = ("stale", "in step") if check else ("written", "in step already")
    table = _table(style, "module", "file", "state")
    for each in results:
        table.add_row(each.module, each.path, words[0] if each.changed else words[1])
    return table


def rubrics(results: Sequence["Checked"], style: Style) -> RenderableType:
    """Say which rubrics mirror their graders, and every problem of those that do not."""
    table = _table(style, "module", "criteria", "points", "rubric")
    for each in results:
        state = f"{len(each.problems)} to mend" if each.problems else "mirrors the grader"
        table.add_row(each.module, str(each.criteria or "-"), points(each.points) if each.points else "-", state)
    return Group(table, *_problems([problem for each in results for problem in each.problems]))


def validated(results: Sequence["Validated"], style: Style) -> RenderableType:
    """Say what was proved of each module."""
    table = _table(style, "module", "criteria", "reference", "stub", "result")
    for each in results:
        shares = (f"{points(part)}/{points(each.points)}" for part in (each.reference, each.stub))
        state = f"{len(each.problems)} to mend" if each.problems else "sound"
        table.add_row(each.module, str(each.criteria), *shares, state)
    problems = _problems([problem for each in results for problem in each.problems])
    return Group(table, *problems, *_warnings([text for each in results for text in each.warnings]))


def collected(result: "Collected", style: Style) -> RenderableType:
    """Say what was placed, what was not and why, and of whom there is nothing."""
    table = _table(style, "student", "submitted", "attempts", "from")
    for each in result.placed:
        moment = each.submitted.isoformat(sep=" ", timespec="seconds") if each.submitted else "unknown"
        table.add_row(Text(label(each.student)), moment, str(each.attempts), Text(label(each.source, 1_000)))
    verb = "placed" if result.written else "would be placed"
    changed = sum(each.changed for each in result.placed)
    count = Text(f"{len(result.placed)} {verb} below {result.out}, {changed} of them new or changed", style="bold")
    notes = [Text(f"{label(each.student)}: {safe(note)}") for each in result.placed for note in each.notes]
    fates = Fates(result.left, result.missing)
    counts = {verb: len(result.placed)}
    return Group(table, count, *notes, *fates_report(counts, fates, {}, style))


def filled(result: "Filled", path: str) -> RenderableType:
    """Say what an LMS's export holds now, whose grades are not in it, and who has none."""
    where = f"column {label(result.column)} of {label(path)}"
    head = f"{counted(len(result.filled), 'grade')} in {where}, {result.changed} new or changed"
    left = [Text(f"not filled: {label(student)}: {safe(why)}", style="yellow") for student, why in result.left]
    alone = [Text(f"no grade for: {'; '.join(result.alone)}")] if result.alone else []
    return Group(Text(head, style="bold"), *left, *alone)


def _table(style: Style, *columns: str) -> Table:
    table = Table(box=style.box, pad_edge=False)
    for name in columns:
        table.add_column(
            name, justify="right" if name in {"criteria", "points", "hidden"} else "left", overflow="fold"
        )
    return table


def _problems(problems: Sequence["Problem"]) -> list[Text]:
    return [Text(safe(str(each)), style="red") for each in problems]


def _warnings(texts: Sequence[str]) -> list[Text]:
    return [Text(f"warning: {safe(each)}", style="yellow") for each in texts]
