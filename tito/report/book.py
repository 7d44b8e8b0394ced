"""The gradebook on a terminal: a course, a module, a student, and what happened."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, fields
from decimal import Decimal
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.event import Event
from tito.model.grade import Grade
from tito.model.points import percent, points
from tito.records import dataclass
from tito.report.lines import adjustment
from tito.report.style import Style
from tito.report.text import csv_cell, label, one_line
from tito.report.words import counted

_STUDENT: Final = 18
_COLUMN: Final = 10
_STATES: Final = {
    "graded": "green",
    "excused": "cyan",
    "incomplete": "cyan",
    "refused": "yellow",
    "missing": "dim",
    "broken": "magenta",
}
Standings = Mapping[str, Grade | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a course's grades: the names of students by id, and who is excused from which module."""

    names: Mapping[str, str] = field(default_factory=dict)
    excused: Collection[tuple[str, str]] = frozenset()


def course_report(
    students: Mapping[str, Standings], modules: Sequence[str], style: Style, width: int, beside: Beside
) -> RenderableType:
    """Return a table of every student's final points in every module; as many modules side by side as fit."""
    names = _names(students, beside.names)
    wide = max((cell_len(each) for each in [*map(_id, students), *names.values()]), default=_STUDENT)
    fit = max(1, (width - wide * (2 if names else 1) - 6) // (_COLUMN + 3))
    parts = []
    for start in range(0, len(modules), fit):
        some = modules[start : start + fit]
        table = _table(style, [label(each, _COLUMN) for each in some], named=bool(names))
        for name, grades in students.items():
            cells = [
                Text("ex", style="cyan") if (name, each) in beside.excused else _short(grades.get(each))
                for each in some
            ]
            table.add_row(*_who(name, names), *cells)
        parts.append(table)
    legend = Text(
        "points; ~ a person has yet to grade, ? broken, ! refused, - nothing handed in, ex excused", style="dim"
    )
    return Group(*parts, legend)


def module_report(
    students: Mapping[str, tuple[Grade | None, str]], title: str, style: Style, known: Mapping[str, str] | None = None
) -> RenderableType:
    """Return one module's table: each student's grade and state, then what differs from the criteria's sum.

    `known` are the names of students, by id.
    """
    names = _names(students, known or {})
    table = _table(style, ["points", "+/-", "final", "%", "state"], title, named=bool(names))
    told = []
    for name, (grade, state) in students.items():
        cells = _numbers(grade) if grade and not grade.broken else ["", "", "?" if grade else "-", ""]
        table.add_row(*_who(name, names), *cells, Text(state, style=_STATES.get(state, "")))
        told += [Text(style.say(f"{label(name, 60)}: {line}")) for line in _remarks(grade)]
    return Group(table, *([Text(), *told] if told else []))


def roster_report(rows: Sequence[tuple[str, str, str]], style: Style) -> RenderableType:
    """Return a roster, whose rows are (id, name, address), and how many there are."""
    table = Table(box=style.box, show_edge=False, pad_edge=False)
    for name in ("student", "name", "email"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(style.say(label(each, 120))) for each in row))
    return Group(table, Text(counted(len(rows), "student"), style="dim"))


def history_report(events: Sequence[Event], style: Style) -> RenderableType:
    """Return what happened to a student's grades, a line each."""
    table = Table(box=style.box, show_edge=False, pad_edge=False)
    several = len({each.module for each in events}) > 1
    for name in ("when (UTC)", "what", *(["module"] if several else []), "by"):
        table.add_column(name, no_wrap=True, max_width=_STUDENT, overflow="ellipsis" if style.unicode else "crop")
    table.add_column("", overflow="fold")
    for each in events:
        cells = [f"{each.at:%Y-%m-%d %H:%M}", each.kind, *([label(each.module, 40)] if several else [])]
        table.add_row(*cells, Text(label(each.author, 40)), Text(style.say(one_line(each.text, 300))))
    return table


def csv_table(rows: Sequence[Any]) -> str:
    """Return dataclasses as CSV, a column for each field; no text of it begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([each.name for each in fields(rows[0])] if rows else [])
    for row in rows:
        writer.writerow([_cell(getattr(row, each.name)) for each in fields(row)])
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return points(value)
    return csv_cell(str(value))


def _id(name: str) -> str:
    return label(name, 60)


def _names(students: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the names of those who have one; none where nobody has."""
    return {name: one_line(known[name], 60) for name in students if known.get(name)}


def _who(name: str, names: Mapping[str, str]) -> list[Text]:
    return [Text(_id(name)), *([Text(names.get(name, ""))] if names else [])]


def _table(style: Style, columns: Sequence[str], title: str = "", *, named: bool = False) -> Table:
    table = Table(
        box=style.box, show_edge=False, pad_edge=False, title=style.say(title) or None, title_justify="left"
    )
    table.add_column("student", overflow="fold")
    if named:
        table.add_column("name", overflow="fold")
    for name in columns:
        table.add_column(Text(style.say(name)), justify="left" if name == "state" else "right", no_wrap=True)
    return table


def _short(grade: Grade | None) -> Text:
    if grade is None:
        return Text("-", style="dim")
    if grade.broken:
        return Text("?", style="magenta")
    sign = "!" if grade.refusal else "" if grade.complete else "~"
    return Text(f"{points(grade.final)}/{points(grade.possible)}{sign}", style="yellow" if sign else "")


def _numbers(grade: Grade) -> list[str]:
    beside = grade.final - grade.earned
    change = f"{'+' if beside > 0 else ''}{points(beside)}" if grade.adjustments else ""
    whole = f"{points(grade.earned)}/{points(grade.graded)}"
    return [whole, change, f"{points(grade.final)}/{points(grade.possible)}", percent(grade.final_percent)]


def _remarks(grade: Grade | None) -> list[str]:
    if grade is None:
        return []
    refused = [f"refused: {one_line(grade.refusal)}"] if grade.refusal else []
    overridden = [
        f"override on {each.criterion.id}: {points(each.override.earned_before)} → {points(each.earned)}"
        for each in grade.criteria
        if each.override
    ]
    return [*refused, *map(adjustment, grade.adjustments), *overridden]
