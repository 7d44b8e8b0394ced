"""What the instructors' commands print: one small table each, or the same as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.points import points, worth
from tito.model.submission import Fates
from tito.report import Style, document, label, safe
from tito.report.fates import fates_report
from tito.report.words import counted, left_out

if TYPE_CHECKING:
    from tito.errors import Problem
    from tito.report.lms import Filled
    from tito.workflows.course.export import Exported
    from tito.workflows.course.imported import Imported, Row
    from tito.workflows.course.init import Initiated
    from tito.workflows.course.lock import Locked
    from tito.workflows.course.names import Named
    from tito.workflows.course.release import Release
    from tito.workflows.course.rubric import Checked
    from tito.workflows.course.validate import Validated
    from tito.workflows.grading.collect import Collected
    from tito.workflows.student.update import Updated


_NUMBERS: Final = frozenset({"criteria", "points", "hidden", "apart", "beside", "by hand", "left out"})


def to_json(command: str, results: Sequence[Any], *, ok: bool = True) -> str:
    """Return the JSON document of a command's results: one object each, keyed as their dataclasses are."""
    data = [asdict(each) if is_dataclass(each) and not isinstance(each, type) else each for each in results]
    return document(command, data, ok=ok)


def initiated(made: "Initiated") -> RenderableType:
    """Say what a new course holds."""
    head = Text(f"a course of one module, {worth(made.points)}: reference 100 %, stub 0", style="bold")
    return Group(head, *(Text(f"  {safe(name)}") for name in made.files))


def imported(made: "Imported", style: Style) -> RenderableType:
    """Say what became of each notebook of another grader's course, and what a person has to look at."""
    table = _table(style, "notebook", "points", "apart", "beside", "by hand", "left out", "stub", "reference")
    for row in made.rows:
        scores = ("-" if each is None else points(each) for each in (row.stub, row.reference))
        counts = ("-" if row.refused else str(each) for each in (row.apart, row.beside, row.by_hand))
        table.add_row(Text(_named(row)), points(row.points), *counts, str(len(row.left_out)), *scores)
    whole = sum(not row.refused for row in made.rows)
    written = counted(len(made.changed), "file")
    head = f"{whole} of {counted(len(made.rows), 'notebook')} in {label(made.folder, 1_000)}, {written} written"
    faults = [f"{_named(row)}: {why}" for row in made.rows for why in row.refused or row.left_out]
    faults += [f"conflict: {each} was changed here and there: see .tito/import/{each}" for each in made.conflicts]
    notes = [*made.notes, *(f"{_named(row)}: {note}" for row in made.rows for note in row.notes)]
    red = [Text(safe(each), style="red") for each in faults]
    if made.students:
        notes = [_entered(made), *notes]
    return Group(table, Text(head, style="bold"), *red, *(Text(f"note: {safe(each)}") for each in notes))


def _entered(made: "Imported") -> str:
    decided = counted(made.decisions, "extension, grade or comment", "extensions, grades and comments")
    return f"{counted(made.students, 'student')} on the roster; {decided} written into gradebook.db"


def _named(row: "Row") -> str:
    return label(f"{row.assignment}/{row.notebook}")


def released(result: "Release", out: str, style: Style, *, solved: bool = False) -> RenderableType:
    """Say what was written for students, with warnings; of a `solved` edition, the files alone."""
    table = _table(style, "module", "criteria", "hidden", "proof")
    for each in result.modules:
        table.add_row(each.module, str(each.criteria), str(each.hidden), "reference 100 %, stub 0")
    names = [*(name for each in result.modules for name in each.files), *result.files]
    files = [Text(f"  {out}/{name}") for name in dict.fromkeys(names)]
    warnings = _warnings([text for each in result.modules for text in each.warnings])
    kept = [Text(f"kept what you had changed: {out}/{name}") for name in result.kept]
    return Group(*([] if solved else [table]), Text("written:"), *files, *kept, *warnings)


def updated(result: "Updated", style: Style) -> RenderableType:
    """Say what a newer release brought, and what of the student's stays."""
    table = _table(style, "module", "your cells")
    for name, count in result.cells.items():
        table.add_row(name, f"{count} kept")
    lines = [Text(f"  {safe(name)}") for name in result.files]
    brought = [Text("brought:"), *lines] if lines else [Text("nothing is new")]
    kept = [Text("what was here before is kept:"), *(Text(f"  {safe(name)}") for name in result.kept)]
    return Group(table, *brought, *(kept if result.kept else []), *_warnings(result.notes))


def locked(results: Sequence["Locked"], style: Style, *, check: bool) -> RenderableType:
    """Say what each grader holds and what was written, or has drifted."""
    table = _table(style, "module", "criteria", "points", "drift" if check else "written")
    for each in results:
        what = "\n".join(each.changed) or ("none" if check else "nothing: in step already")
        table.add_row(each.module, str(each.criteria), points(each.points), Text(safe(what)))
    beside = [
        f"{test} runs beside the submission, where it can be forged" for each in results for test in each.beside
    ]
    notes = [f"{each.module}: {note}" for each in results for note in each.notes]
    without = [f"{each.module}: {left_out(cell)}" for each in results for cell in each.left_out]
    return Group(table, *_warnings([*beside, *without, *notes]))


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
    from tito.report.causes import notes_lines

    table = _table(style, "student", "submitted", "attempts", "from")
    for each in result.placed:
        moment = each.submitted.isoformat(sep=" ", timespec="seconds") if each.submitted else "unknown"
        table.add_row(Text(label(each.student)), moment, str(each.attempts), Text(label(each.source, 1_000)))
    verb = "placed" if result.written else "would be placed"
    changed = sum(each.changed for each in result.placed)
    count = Text(f"{len(result.placed)} {verb} below {result.out}, {changed} of them new or changed", style="bold")
    told = [(each.student, note) for each in result.placed for note in each.notes]
    notes = [*notes_lines(told, style)]
    notes += [Text(f"{label(each.student)}: {safe(each.receipt)}") for each in result.placed if each.receipt]
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
        table.add_column(name, justify="right" if name in _NUMBERS else "left", overflow="fold")
    return table


def _problems(problems: Sequence["Problem"]) -> list[Text]:
    return [Text(safe(str(each)), style="red") for each in problems]


def _warnings(texts: Sequence[str]) -> list[Text]:
    return [Text(f"warning: {safe(each)}", style="yellow") for each in texts]
