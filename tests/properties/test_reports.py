"""Reports stay text, whatever stands in any string of a grade: on terminals, in CI logs, in every file format."""

import dataclasses
import io
import itertools
import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from tito.model.escapes import escaped
from tito.model.grade import Adjustment, AdjustmentKind, Comment, CriterionGrade, Grade, Mark, Override
from tito.model.grader import LockedCriterion
from tito.model.outcome import Failure, Frame, Outcome, Status
from tito.model.rubric import Criterion, Level, Rubric
from tito.report import Shown, Style, check_json, check_report, class_json, class_report, student_report, unobeyed
from tito.report.formats import Options, registry
from tito.scoring import statistics

AT = datetime(2026, 1, 2, tzinfo=UTC)
ONE, NONE = Decimal(1), Decimal(0)
FAILURE = Failure("m", "d", "a", (Frame("p", 1, "f", "c"),), ("call",))


def part(name, status, **fields):
    criterion = Criterion(name, ONE, "title", "tests", "hint", levels=(Level("l", ONE, "d"),), dropped="")
    outcome = Outcome(name, "t", status, failure=FAILURE, output="o", value="v", beside=True)
    return CriterionGrade(criterion, status, NONE, (outcome,), **fields)


PARTS = (
    part("a", Status.FAILED, comment="c"),
    part("b", Status.ERROR, override=Override(ONE, "who", "why", AT)),
    part("c", Status.MISSING, mark=Mark(ONE, "l", "who", AT)),
)
LATE = Adjustment(AdjustmentKind.LATE, "reason", NONE, "a")
COMMENT = Comment("text", "who", AT)
GRADE = Grade("s", "m", "p", NONE, Decimal(3), PARTS, ("n",), "", "l", adjustments=(LATE,), comments=(COMMENT,))
TRICKS = st.sampled_from(
    ["\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "�", "\r", "\n", "\x00", "\t", "::error::x", "##[error]x", "##vso[x]", "[bold]x[/bold]", "[/]", "<script>", "]]>", "=1+1", "|", "`", "&amp;", " ", "x" * 40, "\ufeff", "\u2028"]
)  # fmt: skip
HOSTILE = st.lists(TRICKS | st.text(max_size=4), min_size=1, max_size=6).map("".join)


def poisoned(value, strings):
    """Return a value in which every string, however deep, is a hostile one."""
    match value:
        case Enum():
            return value
        case str():
            return next(strings)
        case tuple():
            return tuple(poisoned(each, strings) for each in value)
        case _ if dataclasses.is_dataclass(value):
            fields = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
            return dataclasses.replace(value, **{name: poisoned(each, strings) for name, each in fields.items()})
    return value


@st.composite
def grades(draw):
    """Return a grade of hostile strings alone, refused or not, not dropped."""
    strings = draw(st.lists(HOSTILE, min_size=1, max_size=7))
    grade = poisoned(GRADE, itertools.cycle(strings))
    parts = tuple(
        dataclasses.replace(
            each,
            criterion=dataclasses.replace(each.criterion, id=f"{place}{each.criterion.id}", dropped=""),
        )
        for place, each in enumerate(grade.criteria)
    )
    return dataclasses.replace(grade, criteria=parts, refusal=draw(st.just("") | HOSTILE))


def rubric_of(grade, title):
    return Rubric(grade.module, title, Decimal(3), tuple(each.criterion for each in grade.criteria))


def drawn(renderable, width):
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    console.print(renderable)
    return unobeyed(console.file.getvalue())


def inert(text):
    assert text.replace("\t", " ") == escaped(text.replace("\t", " "))
    assert [line for line in text.split("\n") if line.lstrip().startswith("::")] == []
    assert "##[" not in text
    assert "##vso[" not in text


FEW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(grades(), HOSTILE, st.sampled_from([40, 80, 120]), st.booleans())
def test_no_string_of_a_grade_acts_on_a_terminal_or_in_a_log(grade, title, width, unicode):
    style = Style(unicode=unicode)
    rubric = rubric_of(grade, title)
    hidden = (LockedCriterion("h", ONE, (), hidden=True),)
    summary = statistics(rubric, [grade])
    inert(drawn(check_report(grade, hidden=hidden, style=style), width))
    inert(drawn(student_report(grade, style=style), width))
    inert(drawn(class_report(rubric, [grade], summary, style=style, shown=Shown(width)), width))


def test_markup_is_literal():
    grade = dataclasses.replace(GRADE, student="[bold]x[/bold]", notes=("[red]y", "[/]"))
    text = drawn(student_report(grade, style=Style()), 80)
    for each in ("[bold]x[/bold]", "[red]y", "[/]"):
        assert each in text


@FEW
@given(grades(), HOSTILE)
def test_json_is_ascii_means_the_same_and_holds_no_command(grade, title):
    rubric = rubric_of(grade, title)
    for text in (class_json(rubric, [grade], statistics(rubric, [grade])), check_json(grade, ())):
        assert text.isascii()
        inert(text)
        content = json.loads(text)["data"]
        assert content.get("grades", [content])[0]["student"] == grade.student


GIVEN = dict.fromkeys(
    (
        "CLASSROOM",
        "ASSIGNMENT",
        "SUBMISSION_TAG",
        "COMMIT_URL",
        "RELEASE_URL",
        "REVIEW_URL",
        "USERNAME",
        "OWNER",
        "ASSIGNMENT_TYPE",
    ),
    "x",
)
OTHERS = [name for name in registry.FORMATS if name != "annotations"]


@pytest.mark.parametrize("name", OTHERS)
@settings(FEW, max_examples=10)
@given(grades(), HOSTILE)
def test_every_format_can_be_written_and_holds_no_control_character(name, grade, title):
    rubric = rubric_of(grade, title)
    native = json.loads(class_json(rubric, [grade], statistics(rubric, [grade]), AT.isoformat()))
    text = registry.render(name, native, Options(1, GIVEN))
    text.encode("utf-8")
    assert text.replace("\r\n", "\n") == escaped(text.replace("\r\n", "\n"))
    if name == "junit":
        ET.fromstring(text)  # noqa: S314 - our own


@FEW
@given(grades(), HOSTILE)
def test_annotations_are_commands_of_ours_alone(grade, title):
    rubric = rubric_of(grade, title)
    native = json.loads(class_json(rubric, [grade], statistics(rubric, [grade]), AT.isoformat()))
    for line in registry.render("annotations", native, Options()).splitlines():
        assert line.startswith(("::error ", "::warning ", "::notice "))
