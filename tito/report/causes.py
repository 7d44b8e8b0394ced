"""What needs a look in a class, grouped by its cause: how many students, and the first few of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from rich.text import Text

from tito.model.grade import Adjustment, AdjustmentKind, Grade
from tito.records import dataclass
from tito.report.lines import adjustment, signed
from tito.report.style import Style
from tito.report.text import label, one_line, safe
from tito.report.words import counted

_FIRST: Final = 5
_SHOWN: Final = 40
_CELL: Final = re.compile(r"`[^`]*`|\bcell \S+|\bsays [\d.no]+ points, not [\d.]+|\b\d+\b")


@dataclass(frozen=True, slots=True)
class _Finding:
    """One thing about one student: `key` is one for what has one cause, `alone` the line where it is alone."""

    key: str
    student: str
    text: str
    alone: str
    told: str = ""
    colour: str = ""


@dataclass(slots=True)
class _Cause:
    texts: dict[str, None] = field(default_factory=dict)
    students: dict[str, str] = field(default_factory=dict)
    findings: list[_Finding] = field(default_factory=list)


def causes_report(grades: Sequence[Grade], names: Mapping[str, str], style: Style) -> Iterator[Text]:
    """Yield a line for each cause: refused files first, then notes, known mistakes and lateness."""
    groups: dict[str, _Cause] = {}
    for finding in _findings(grades, names):
        cause = groups.setdefault(finding.key, _Cause())
        cause.texts.setdefault(finding.text)
        cause.students.setdefault(finding.student, finding.told)
        cause.findings.append(finding)
    lines = [_line(cause, style) for cause in groups.values()]
    if lines:
        yield from (Text(), Text("to look at:"), *lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield Text(f"and {len(lines) - _SHOWN} more causes: --json has them all")


def notes_lines(notes: Sequence[tuple[str, str]], style: Style) -> Iterator[Text]:
    """Yield a line for each cause of (student, note)s: how many students have it, and the first few."""
    groups: dict[str, _Cause] = {}
    for student, note in notes:
        who, text = label(student, 60), safe(note)
        key = _CELL.sub("…", text)
        cause = groups.setdefault(key, _Cause())
        cause.texts.setdefault(text)
        cause.students.setdefault(who, "")
        cause.findings.append(_Finding(key, who, text, f"{who}: {text}"))
    yield from (_line(cause, style) for cause in groups.values())


def _line(cause: _Cause, style: Style) -> Text:
    first = cause.findings[0]
    if len(cause.students) == 1 and len(cause.texts) == 1:
        return Text(style.say(first.alone), style=first.colour)
    text = first.text if len(cause.texts) == 1 else _CELL.sub(_open, first.text)
    students = [f"{name} {told}".strip() for name, told in cause.students.items()]
    more = f" and {len(students) - _FIRST} more" if len(students) > _FIRST else ""
    told = f"{counted(len(students), 'student')}: {', '.join(students[:_FIRST])}{more}"
    return Text(style.say(f"{text}: {told}"), style=first.colour)


def _open(found: re.Match[str]) -> str:
    """Return what stands for texts that differ between the members of a group."""
    return f"{found[0].split()[0]} …" if " " in found[0] and not found[0].startswith("`") else "…"


def _findings(grades: Sequence[Grade], names: Mapping[str, str]) -> Iterator[_Finding]:
    yield from (each for grade in grades for each in _refused(grade, _who(grade, names)))
    yield from sorted(
        (each for grade in grades for each in _notes(grade, _who(grade, names))),
        # What a student did to the course's own cells is much, and changes nothing.
        key=lambda each: each.text.startswith("locked cell"),
    )
    yield from (each for grade in grades for each in _mistakes(grade))
    yield from (_adjusted(grade, each) for grade in grades for each in grade.adjustments)


def _who(grade: Grade, names: Mapping[str, str]) -> str:
    student, name = label(grade.student, 60), names.get(grade.student, "")
    return f"{student} ({one_line(name, 60)})" if name else student


def _refused(grade: Grade, who: str) -> Iterator[_Finding]:
    if grade.refusal:
        text = safe(grade.refusal, 300)
        cause = text.removeprefix(safe(grade.path, 300))
        key = f"refused {_CELL.sub('…', cause)}"
        short = label(grade.student, 60)
        yield _Finding(key, short, f"refused: {cause.lstrip(': ')}", f"{who}: refused: {text}", colour="yellow")


def _notes(grade: Grade, who: str) -> Iterator[_Finding]:
    # A receipt that is of this very file is nothing to look at.
    for note in (each for each in map(one_line, grade.notes) if not each.startswith("receipt of ")):
        yield _Finding(f"note {_CELL.sub('…', note)}", label(grade.student, 60), note, f"{who}: {note}")


def _mistakes(grade: Grade) -> Iterator[_Finding]:
    student = label(grade.student, 60)
    for each in grade.criteria:
        if each.mistake:
            text = f"known mistake in {one_line(each.criterion.title)}: {one_line(each.mistake)}"
            yield _Finding(text, student, text, f"{student}: {text}", colour="cyan")


def _adjusted(grade: Grade, each: Adjustment) -> _Finding:
    student, line = label(grade.student, 60), adjustment(each)
    if each.kind is AdjustmentKind.LATE:
        return _Finding("late", student, "late", f"{student}: {line}", signed(each))
    return _Finding(
        f"{each.kind} {each.reason}", student, line.partition("  ")[2], f"{student}: {line}", signed(each)
    )
