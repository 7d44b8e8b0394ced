"""Every report of texts that have no end, and of every kind of thing that there is to say: how far each is shown.

The files in screens/ hold, in place of a run of the words w0 w1 w2 …, the last one alone: `«w0 … w43»`.
"""

import io
import json
import re
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import pytest
from rich.console import Console, Group

from tito.audit.strength import Audit, CriterionStrength
from tito.audit.words import Mutant, Mutator
from tito.model.cell_output import CellOutput, Seen
from tito.model.event import Event
from tito.model.grade import Adjustment, AdjustmentKind, Comment, CriterionGrade, Grade, Mark, Override
from tito.model.grader import LockedCriterion
from tito.model.outcome import Difference, Failure, Frame, Outcome, Status
from tito.model.rubric import Criterion, CriterionKind, Level, Rubric
from tito.model.submission import Fates, Left
from tito.report import (
    Shown,
    audit_report,
    check_json,
    class_json,
    class_report,
    first_thing,
    student_report,
    syntax_report,
)
from tito.report.book import Beside, course_report, history_report, module_report, roster_report
from tito.report.causes import causes_report, notes_lines
from tito.report.cells import cells_report
from tito.report.check import check_report
from tito.report.formats import Options, render
from tito.report.formats.explain import explain
from tito.report.formats.registry import FORMATS
from tito.report.formats.scale import whole_scale
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, student_page
from tito.report.html.alike import alike_page
from tito.report.html.answer import answer_page, answers_page
from tito.report.html.course import StudentRow, course_page
from tito.report.marks import Line, marks
from tito.report.own import OwnCell, OwnFile, SyntaxFault
from tito.report.review import Shown as Answer
from tito.report.review import answer_report, whole_report
from tito.report.similar import similar_report
from tito.report.students import for_students
from tito.report.style import Style
from tito.scoring import statistics
from tito.scoring.totals import Total
from tito.similarity.pairs import Pair, Read
from tito.similarity.passages import Passage
from tito.workflows.book.stats import ModuleLine

SCREENS = Path(__file__).parent / "screens"
AT = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
LONG = " ".join(f"w{number}" for number in range(1_400))
LINES = "\n".join(f"line {number}" for number in range(30))
STYLE = Style()


def folded(text):
    """Return a text in which each run of LONG's words is told by its last one, styles and versions left out."""
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL).replace(
        metadata.version("tito-autograder"), "VERSION"
    )
    return re.sub(r"\bw0(?:(?:\s|\\n|&#32;)+w\d+)+", lambda found: f"«w0 … {found[0].split()[-1]}»", text)


@pytest.fixture
def same(request):
    """Compare with a file that was looked at; `--write-screens` writes it anew."""

    def compare(name, text):
        path, text = SCREENS / name, folded(text)
        if request.config.getoption("--write-screens"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, name

    return compare


def drawn(report, width=100):
    console = Console(file=io.StringIO(), width=width)
    console.print(report, crop=False)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def png(width):
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1 + width))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def failed(message, **fields):
    return Failure(message, **{"frames": (Frame("w.py", 3, "f", "  return x  "),)} | fields)


def part(name, *outcomes, status=Status.FAILED, earned=0, **fields):
    criterion = Criterion(name, Decimal(2), f"Title {name}", fields.pop("tests", ""), fields.pop("hint", ""))
    changed = {key: fields.pop(key) for key in ("kind", "extra", "dropped", "more_hints") if key in fields}
    return CriterionGrade(replace(criterion, **changed), status, Decimal(earned), outcomes, **fields)


def outcome(status, failure=None, **fields):
    return Outcome("a", "t.py::test_a", status, 0.5, failure, **fields)


def parts(text=LONG):
    """Return one criterion for each kind of thing that a report says."""
    values = Difference(text, "2", text, ("f(1)", "wanted"))
    override = Override(Decimal(1), text, text, AT, Decimal(2))
    return (
        part("passed", outcome(Status.PASSED), status=Status.PASSED, earned=2),
        part("values", outcome(Status.FAILED, failed(f"{text}\nmore", difference=values, call="f(1)", repeat=f"f({text})"))),
        part("assert", outcome(Status.FAILED, failed("assert 1 == 2", difference=replace(values, where=""), advice="see w.py:7"))),
        part("short", outcome(Status.FAILED, failed("no", detail=LINES, assertion=text, calls=(text, "g(2)  →  no")))),
        part("long", outcome(Status.FAILED, failed(text, detail="unseen", assertion=LINES), output=LINES), tests=text, hint=text, more_hints=("a", "b")),
        part("near", outcome(Status.FAILED, failed("m" * 39, detail="told"))),
        part("at", outcome(Status.FAILED, failed("m" * 40, detail="not told"))),
        part("defined", outcome(Status.ERROR, Failure("no", call="f(1)"))),
        part("many", *(outcome(Status.FAILED, failed(str(number))) for number in range(4)), mistake=text, comment=text),
        part("stub", outcome(Status.ERROR, failed("NotImplementedError")), status=Status.ERROR),
        part("stub-2", outcome(Status.ERROR, failed("NotImplementedError", frames=())), status=Status.ERROR),
        part("same", outcome(Status.ERROR, failed("same", frames=(Frame("w.py", 9, "g"),))), status=Status.ERROR),
        part("same-2", outcome(Status.ERROR, failed("same", frames=(Frame("w.py", 9, "g"),))), status=Status.ERROR),
        part("same-3", outcome(Status.ERROR, failed("same", frames=(Frame("w.py", 9, "g"),))), status=Status.ERROR, override=override),
        part("same-4", outcome(Status.ERROR, failed("same", frames=(Frame("w.py", 9, "g"),))), status=Status.ERROR, mistake="m"),
        part("missing", outcome(Status.MISSING, Failure("h is not there")), status=Status.MISSING),
        part("timeout", outcome(Status.TIMEOUT, None, beside=True), status=Status.TIMEOUT),
        part("hidden", outcome(Status.FAILED, failed("secret"), hidden=True)),
        part("hidden-2", outcome(Status.TIMEOUT, failed("secret"), hidden=True), status=Status.TIMEOUT),
        part("never", status=Status.BLOCKED),
        part("broken", outcome(Status.BROKEN, failed("no")), status=Status.BROKEN, hint="unseen", override=override),
        part("waits", status=Status.PENDING, pending=True, kind=CriterionKind.MANUAL),
        part("marked", status=Status.FAILED, earned=1, kind=CriterionKind.MANUAL, mark=Mark(Decimal(1), text), tests="A."),
        part("points", status=Status.FAILED, earned=1, kind=CriterionKind.MANUAL, mark=Mark(Decimal(1)), extra=True),
        part("dropped", outcome(Status.PASSED, beside=True), status=Status.PASSED, earned=2, dropped="unfair", override=override),
    )  # fmt: skip


def grade(student="ann", path="in/ann/w.py", text=LONG, **fields):
    found = parts(text)
    earned = sum((each.earned for each in found), Decimal(0))
    return Grade(student, "02_m", path, earned, Decimal(40), found, level="limits", seconds=1.25, **fields)


def everything(**fields):
    late = Adjustment(AdjustmentKind.LATE, LONG, Decimal(-1))
    fields = {"submitted": AT, "late": timedelta(hours=1), **fields}
    extra = Adjustment(AdjustmentKind.EXTRA, LONG, Decimal("1.5"), "x")
    notes = ("w.py:4: ZeroDivisionError: no", LONG, "receipt of 5 October")
    return grade(notes=notes, comments=(Comment(LONG),), adjustments=(late, extra), reference=Decimal(3), **fields)


OWN = OwnFile("work/w.py", "w.py", "02_m", saved=AT, root="../", defined={"f": ("w.py", 12)})
RUBRIC = Rubric("02_m", "Module", Decimal(40), tuple(each.criterion for each in parts()))


def test_a_student_is_told_all_of_it(same):
    hidden = [LockedCriterion("h", Decimal(3), ("t.py::test_h",), hidden=True)]
    same(
        "all-student.txt",
        drawn(student_report(replace(everything(), student=LONG, module=LONG), style=STYLE, name=LONG)),
    )
    told = check_report(
        everything(),
        hidden=hidden,
        style=STYLE,
        own=OWN,
        partly=["passed", "values"],
        remarks=[LONG],
        steps=["go on"],
    )
    same("all-check.txt", drawn(told))
    plain = check_report(everything(), style=Style(plain=True), own=OWN, partly=["passed"])
    same("all-check-plain.txt", drawn(plain))


def test_the_first_thing_is_a_stop_then_what_is_missing_then_what_is_to_do(same):
    stopped, rest = everything(), grade()
    stubs = tuple(each for each in parts() if each.criterion.id.startswith(("stub", "passed")))
    reports = [first_thing(each, style=STYLE, own=OWN) for each in (stopped, rest, replace(rest, criteria=stubs))]
    same("all-first.txt", drawn(Group(*reports)))
    assert first_thing(replace(rest, criteria=parts()[:1]), style=STYLE) is None


def test_a_notebooks_places_are_its_cells(same):
    cells = (OwnCell(3, LONG), OwnCell(None, "y = 1"))
    own = OwnFile("w.ipynb", "w.ipynb", cells=cells)
    frames = [Frame(f"w.ipynb[cell {number}]", 2, "f") for number in (1, 2, 3, 0)]
    found = [part(each.path, outcome(Status.ERROR, failed(f"no {each.path}", frames=(each,)))) for each in frames]
    work = replace(grade(notes=("w.ipynb[cell 2]:3: KeyError: 1", "w.ipynb[cell 9]: x")), criteria=tuple(found))
    same("all-notebook.txt", drawn(check_report(work, style=STYLE, own=own)))


@pytest.mark.parametrize("column", [0, 3])
def test_what_is_no_python_is_pointed_at(same, column):
    fault = SyntaxFault("w.py", 9, column, "SyntaxError", LONG, "def f(:", f"x = {LONG}")
    for name, each in (("one", fault), ("first", replace(fault, line=1, before=" "))):
        same(f"all-syntax-{name}-{column}.txt", drawn(syntax_report(each, style=STYLE, own=OWN)))


def people():
    """Yield a class in which there is something to say of everybody."""
    yield everything()
    yield replace(
        grade("bob", notes=("cell t-1 says 2 points, not 3", "locked cell t-2 is edited")),
        excused="ill",
        submitted=AT + timedelta(hours=7),
    )
    yield replace(grade("cy", notes=("cell t-2 says no points, not 3", LONG)), reference=Decimal(2))
    refused = grade("d" * 130, path="in/d/w.py", refusal=f"in/d/w.py: {LONG}")
    yield refused
    yield replace(refused, student="e" * 61, refusal=f"in/d/w.py: {LONG}")
    yield replace(refused, student="dora", path="in/dora/w.py", refusal="in/dora/w.py: line 3 is torn")
    yield replace(refused, student="eli", path="in/eli/w.py", refusal="in/eli/w.py: line 4 is torn")
    for number in range(9):
        late = Adjustment(AdjustmentKind.LATE, f"{number} days late", Decimal(-1))
        yield grade(f"s{number}", notes=(f"cell {number} was left out",), adjustments=(late,))
    yield grade("zoe", notes=tuple(f"note {letter * 3}" for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"))
    for name, earned in (("jo", "0"), ("kim", "23.8"), ("lee", "24"), ("moe", "39.9")):
        yield replace(grade(name), earned=Decimal(earned), submitted=AT + timedelta(days=2, hours=5))
    passed = parts()[:1]
    yield replace(grade("yan"), criteria=passed * len(RUBRIC.criteria), earned=Decimal(40))


@pytest.mark.parametrize(("name", "shown"), {
    "narrow": Shown(80),
    "named": Shown(160, {"ann": LONG, "d" * 130: LONG, "s1": "Sue"}, fates=Fates((Left(LONG, LONG),), (LONG, "s1"))),
    "wide": Shown(700),
    "transposed": Shown(120, {"ann": LONG}, transpose=True),
}.items())  # fmt: skip
def test_a_class_is_shown_as_far_as_it_fits(same, name, shown):
    grades = list(people())
    rows = grades[:4] if name == "narrow" else None
    report = class_report(RUBRIC, grades, statistics(RUBRIC, grades), style=STYLE, shown=replace(shown, rows=rows))
    same(f"all-class-{name}.txt", drawn(report, shown.width))


def test_a_small_class_has_titles_and_points(same):
    rubric = replace(RUBRIC, points=Decimal(6), criteria=RUBRIC.criteria[:3])
    grades = [replace(each, criteria=each.criteria[:3], possible=Decimal(6)) for each in list(people())[1:3]]
    for transpose in (False, True):
        shown = Shown(80, {"bob": "Bob"}, transpose=transpose)
        report = class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=shown)
        same(f"all-class-small{'-transposed' * transpose}.txt", drawn(report, 80))
    assert drawn(class_report(rubric, [], statistics(rubric, []), style=STYLE, shown=Shown()))


def test_notes_of_one_cause_are_one_line(same):
    notes = [
        *((f"s{number}", f"cell {number} was left out") for number in range(7)),
        ("ann", LONG),
        (LONG, "torn"),
        ("bob", "torn"),
    ]
    same("all-notes.txt", drawn(Group(*notes_lines(notes, STYLE))))


def test_an_audit_is_shown(same):
    diff = "--- a\n+++ b\n@@ -1 +1 @@\n-    return x + 1\n+    return x - 1\n     y\n"
    mutants = tuple(
        Mutant(
            f"m{number}", next(iter(Mutator)), "f" * (number % 2), f"w.ipynb[cell {number}]", number, "x", diff, 1, ""
        )
        for number in range(1, 8)
    )
    criteria = (
        CriterionStrength("a", "A", Decimal(10), 8, 7, 3, Decimal(0)),
        CriterionStrength("b", "B", Decimal(5), 0, 0, 0, Decimal(0)),
    )
    stub = (CriterionStrength("c", "C", Decimal(2), 4, 4, 2, Decimal(1)),)
    weak = Audit("01_m", 10, 3, 2, 3, criteria, mutants, 3.0, 2, stale=True, fooled=("zero",))
    audits = [
        weak,
        Audit("02_m", 10, 9, 0, 0, stub, (), 2.0, 1),
        Audit("03_m", 10, 10, 0, 0, criteria[:1], (), 2.0),
        Audit("04_m", 0, 0, 0, 0, (), (), 0.0),
    ]
    for name, survivors, check in (("few", False, False), ("all", True, True)):
        report = audit_report(audits, survivors=survivors, fail_under=90, check=check, style=STYLE)
        console = Console(
            file=io.StringIO(), width=100, force_terminal=True, color_system="standard", legacy_windows=False
        )
        console.print(report)
        same(f"all-audit-{name}.txt", re.sub(r"\x1b\[([\d;]*)m", r"<\1>", console.file.getvalue()))


def alike(count):
    code = "".join(f"x{number} = {number}\n" for number in range(40))
    reads = [
        Read(
            f"n{number} {LONG}",
            f"in/{number}.py",
            code,
            (Passage(1, 6, 8), Passage(number + 2, 20, 22), Passage(5, 30, 31)),
        )
        for number in range(count)
    ]
    return reads, [Pair(0, number, 2, 1 - number / 100) for number in range(1, count)]


def test_what_is_alike_is_shown_and_counted(same):
    reads, found = alike(15)
    same("all-similar.txt", drawn(similar_report(reads, found, 3, [Left(LONG, LONG)], STYLE)))
    same("all-similar-none.txt", drawn(similar_report(reads[:1], [], 3, [], STYLE)))
    same("page-alike.html", alike_page("02_m", reads[:3], found[:2], "tito VERSION"))


SEEN = Seen(
    (
        CellOutput("w.ipynb[cell 2]", 1, LINES, LONG, LONG, (png(3), b"no"), 2, ("a",)),
        CellOutput("w.py", 7, text="a\n", value="1"),
        CellOutput(f"w.ipynb[cell {'9' * 12}]", 1, LONG, pictures=(png(2), png(4))),
    ),
    (CellOutput("w.ipynb[cell 2]", 1, "theirs"),),
    asked=True,
)


def test_what_cells_showed_is_shown(same):
    reports = [
        cells_report(SEEN, STYLE),
        cells_report(SEEN, STYLE, 2),
        cells_report(Seen(), STYLE),
        cells_report(Seen(asked=True), STYLE),
    ]
    same("all-cells.txt", drawn(Group(*reports), 240))


def test_an_answers_page_shows_what_there_is(same):
    levels = (Level("good", Decimal(2), "All."), Level("poor", Decimal("0.5")))
    criterion = replace(parts()[-3].criterion, tests="Says why.", levels=levels)
    same("page-answer.html", answer_page(LONG, criterion, levels, "one\ntwo", SEEN, "tito VERSION"))
    same("page-answer-bare.html", answer_page("ann", criterion, (), "one", Seen(), "tito VERSION"))
    groups = {"Why": [("ann", "a.html", True), (LONG, "b.html", False)], LONG: []}
    same("page-answers.html", answers_page("02_m", groups, "tito VERSION"))


def test_an_answer_may_be_long():
    criterion = parts()[-3].criterion
    page = answer_page("ann", criterion, (), "a" * 64_001, Seen(), "tito")
    assert "… (1 more character)" in re.sub(r"<[^>]*>", "", page)
    assert "more characters" not in answer_page("ann", criterion, (), "a" * 64_000, Seen(), "tito")


def test_a_courses_page_shows_modules_totals_and_sections(same):
    lines = [
        ModuleLine("01_a", "First", AT, Decimal(1), 3, Decimal(50), Decimal(40), 1, 2),
        ModuleLine("b", "Second", None, Decimal("0.5"), 3, Decimal(120), Decimal("99.96"), 0, 0),
    ]
    rows = [
        StudentRow(f"s{number}", "Sue" * number, (Decimal(number * 10), None), Total(Decimal(number * 10)))
        for number in (3, 1, 10)
    ]
    rows.append(StudentRow("Ann", "", (None, None), Total(None)))
    page = course_page("Course", lines, rows, [("Lab 1", 2, Decimal(75))], 1, "tito VERSION")
    same("page-course.html", page)
    same("page-course-empty.html", course_page("Course", [], [], [], 0, "tito VERSION"))


def native(*grades):
    counts = statistics(RUBRIC, grades)
    return json.loads(class_json(RUBRIC, grades, counts, "2026-11-25T10:00:00+00:00", {"ann": LONG}))


# What a runner sets; without it the format says so.
CLASSROOM_50 = dict.fromkeys(
    (
        "CLASSROOM",
        "ASSIGNMENT",
        "ASSIGNMENT_TYPE",
        "OWNER",
        "SUBMISSION_TAG",
        "COMMIT_URL",
        "RELEASE_URL",
        "REVIEW_URL",
    ),
    "in",
)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"json"}))
def test_a_format_holds_all_of_it(same, form):
    ann, bob, _, refused, *_ = people()
    work = native(ann) if FORMATS[form].one else native(ann, refused, replace(bob, criteria=parts()[:3]))
    if FORMATS[form].one:
        work["data"]["grades"][0]["broken"] = False
    same(f"all-format-{form}.txt", render(form, work, Options(2, CLASSROOM_50)))


def test_pages_hold_all_of_it(same):
    grades = list(people())
    seen = view(native(*grades[:4], *grades[-5:]))
    code = (
        CodeCell("w.py", 1, "a = 1\n\treturn 2\nc = 3\n", SEEN.ran[0], SEEN.says[0]),
        CodeCell("w.py", 9, "def f(): pass\n", SEEN.ran[1]),
        CodeCell("w.py", 20, "\n"),
    )
    same("page-all-class.html", class_page(seen, seen.source["data"]["statistics"]))
    same("page-all-student.html", student_page(seen, seen.rows[0], code))
    same("page-all-refused.html", student_page(seen, seen.rows[3], ()))


def test_grades_in_a_gradebook_are_shown_with_what_changes_them(same):
    grades = list(people())
    states = ("graded", "incomplete", "broken", "refused")
    rows = {each.student: (each, states[place % 4]) for place, each in enumerate(grades[:6])}
    whole = module_report(rows, "02_m: Module", STYLE, {"ann": LONG})
    plus = replace(grades[-1], student="pia", adjustments=(Adjustment(AdjustmentKind.EXTRA, "x", Decimal("0.5")),))
    few = module_report({"pia": (plus, "graded")}, "02_m", STYLE)
    events = [Event(AT, "run", LONG, LONG, LONG), Event(AT, "run", "m", "ada", "run 1")]
    same(
        "all-book.txt",
        drawn(Group(whole, few, history_report(events, STYLE), roster_report([("ann", LONG, "a@x")], STYLE))),
    )


@pytest.mark.parametrize("width", [24, 37, 38, 50, 51, 80])
def test_as_many_modules_stand_side_by_side_as_fit(same, width):
    grades = {name: {f"{number:02}_m": grade(name) for number in range(7)} for name in ("ann", "bob")}
    reports = [
        course_report(grades, [f"{number:02}_m" for number in range(7)], STYLE, width, Beside(names))
        for names in ({}, {"ann": "Ann Lee"})
    ]
    same(f"all-course-{width}.txt", drawn(Group(*reports), width))


def test_no_more_levels_are_shown_than_there_are_keys(same):
    levels = tuple(Level(f"level {number} {LONG}", Decimal(number), LONG) for number in range(11))
    shown = Answer(replace(parts()[0].criterion, title=LONG), LINES, levels, Mark(Decimal(2), levels[2].name), LONG)
    same(
        "all-answer.txt",
        drawn(Group(answer_report(shown, STYLE, 5), answer_report(replace(shown, text=LONG * 3), STYLE, 5))),
    )


def test_a_whole_work_may_be_long():
    assert "more character" not in drawn(whole_report("a" * 100_000, STYLE), 80)
    assert "… (1 more character)" in drawn(whole_report("a" * 100_001, STYLE), 80)


def test_an_answers_text_may_be_long():
    def shown(size):
        return drawn(answer_report(Answer(parts()[0].criterion, "a" * size, ()), STYLE, 5), 30_000)

    assert "more character" not in shown(20_000)
    assert "… (1 more character)" in shown(20_001)


def test_no_more_rows_are_shown_than_anyone_reads():
    passed = replace(grade("s"), criteria=parts()[:1])
    rubric = replace(RUBRIC, criteria=RUBRIC.criteria[:1])

    def shown(count):
        grades = [replace(passed, student=f"s{number}") for number in range(count)]
        return drawn(
            class_report(rubric, grades[:3], statistics(rubric, grades[:3]), style=STYLE, shown=Shown(rows=grades)),
            80,
        )

    assert "more: --json" not in shown(2_000)
    assert "and 1 more: --json or --format csv has them all" in shown(2_001)


@pytest.mark.parametrize(
    ("worth", "scale"),
    {"1": 1, "0.5": 2, "0.25": 4, "0.2": 5, "0.1": 10, "0.05": 20, "0.02": 50, "0.01": 100, "0.001": 100}.items(),
)
def test_points_are_made_whole_by_the_least_scale(worth, scale):
    assert whole_scale([Decimal(1), Decimal(worth)]) == scale


def test_means_are_told_to_two_places_and_a_check_is_right_where_all_that_is_graded_is_earned():
    grades = [replace(grade(name), earned=Decimal(earned)) for name, earned in (("a", "1.234"), ("b", "1.238"))]
    told = native(*grades)["data"]["statistics"]
    assert (told["mean"], told["median"]) == (1.24, 1.24)
    whole = replace(grade("ann"), criteria=parts()[:1], earned=Decimal(40))
    assert json.loads(check_json(whole, ()))["ok"] is True
    assert json.loads(check_json(replace(whole, earned=Decimal(39)), ()))["ok"] is False


def test_a_result_of_an_older_tito_says_nothing_of_lateness():
    work = native(everything())
    del work["data"]["grades"][0]["late_seconds"]
    assert view(work).rows[0].late_seconds == 0


@pytest.mark.parametrize(
    ("root", "path"), [("/work", "sub/w.py"), ("/other", "/work/sub/w.py"), ("", "/work/sub/w.py")]
)
def test_a_file_is_named_as_the_checkout_has_it(root, path):
    work = native(everything(path="/work/sub/w.py"))
    work["data"]["grades"][0]["broken"] = False
    assert f"file={path}" in render("annotations", work, Options(2, {"GITHUB_WORKSPACE": root}))


def coloured(report, width=80):
    console = Console(
        file=io.StringIO(), width=width, force_terminal=True, color_system="standard", legacy_windows=False
    )
    console.print(report, crop=False)
    return re.sub(r"\x1b\[([\d;]*)m", r"<\1>", console.file.getvalue())


def test_what_is_sure_is_green_where_it_is_all_there_is_to_earn(same):
    right, wrong = parts()[0], parts()[1]
    hidden = [LockedCriterion("h", Decimal(3), ("t.py::test_h",), hidden=True)]
    bonus = replace(right, criterion=replace(right.criterion, id="bonus", extra=True))
    all_of_it = replace(grade(), criteria=(right, bonus), earned=Decimal(2), possible=Decimal(2))
    half = replace(all_of_it, criteria=(right, wrong), possible=Decimal(4))
    reports = [
        check_report(each, hidden=secret, style=STYLE, partly=partly)
        for each in (all_of_it, half)
        for secret, partly in (
            (hidden, ()),
            ((), ["passed"]),
            ((), ["values"]),
            ((), ["bonus"]),
            (hidden, ["passed", "values"]),
        )
    ]
    same("all-sure.txt", coloured(Group(*reports)))


def test_of_what_half_a_class_earns_half_is_told(same):
    rubric = replace(RUBRIC, points=Decimal(4), criteria=RUBRIC.criteria[:2])
    right = replace(parts()[1], status=Status.PASSED, earned=Decimal(2))
    first, second = (
        replace(grade(name), criteria=parts()[:2], possible=Decimal(4), earned=Decimal(2)) for name in ("ann", "bob")
    )
    grades = [first, replace(second, criteria=(parts()[0], right), earned=Decimal(4))]
    report = class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=Shown(80))
    same("all-half.txt", coloured(report))
    numbers = native(*grades)["data"]["statistics"]
    assert numbers["criteria"][1] == {"id": "values", "passed": 1, "share": 0.5}


STATUSES = [each for each in Status if each is not Status.PENDING]


def test_each_status_has_its_sign_colour_and_words(same):
    found = tuple(
        part(each.value, outcome(each, None if each is Status.PASSED else failed("no")), status=each)
        for each in STATUSES
    )
    work = replace(grade(), criteria=found, earned=Decimal(0), possible=Decimal(20))
    reports = [check_report(work, style=style) for style in (STYLE, Style(unicode=False), Style(plain=True))]
    same("all-statuses.txt", coloured(Group(*reports)))
    rubric = replace(RUBRIC, criteria=tuple(each.criterion for each in found), points=Decimal(20))
    grades = [
        replace(work, student=each.value, criteria=(*found[at:], *found[:at])) for at, each in enumerate(STATUSES)
    ]
    same(
        "all-statuses-class.txt",
        coloured(class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=Shown(120)), 120),
    )


def test_each_formats_status_is_of_its_own_words(same):
    found = tuple(
        part(each.value, outcome(each, None if each is Status.PASSED else failed("no")), status=each)
        for each in STATUSES
    )
    work = replace(grade(), criteria=found, earned=Decimal(2), possible=Decimal(20))
    result = native(work)
    result["data"]["grades"][0]["broken"] = False
    forms = {form: render(form, result, Options(2, CLASSROOM_50)) for form in sorted(FORMATS) if form != "json"}
    same("all-statuses-formats.txt", "".join(f"== {form}\n{text}\n" for form, text in forms.items()))


def test_of_a_hidden_test_students_get_its_status_alone():
    told = for_students(native(everything()))["data"]["grades"][0]["criteria"]
    hidden = next(each for each in told if each["id"] == "hidden")["tests"][0]
    kept = {"passes", "checks", "output", "value", "seed", "seconds", "failure", "status"}
    assert {key: hidden[key] for key in kept} == {
        "passes": 0, "checks": 1, "output": "", "value": "", "seed": 0, "seconds": 0, "failure": None, "status": "failed",
    }  # fmt: skip


def test_a_tests_time_is_told_to_a_tenth_of_a_millisecond():
    slow = replace(parts()[0], outcomes=(replace(parts()[0].outcomes[0], seconds=1 / 3),))
    (told,) = native(replace(grade(), criteria=(slow,)))["data"]["grades"][0]["criteria"]
    assert told["tests"][0]["seconds"] == 0.3333


def test_a_line_is_marked_where_what_was_called_last_is_defined():
    called = part("a", outcome(Status.FAILED, Failure("no", calls=("f(1)", "g(2)"))))
    (seen,) = view(native(replace(grade(), criteria=(called,)))).rows[0].parts
    code = [Line("w.py", 1, "def f(x):"), Line("w.py", 3, "async def g(x):"), Line("w.py", 5, "class gg:")]
    assert list(marks([seen], code)) == [("w.py", 3)]


def test_all_rows_are_all_there_is_to_say():
    grades = list(people())[:2]
    report = class_report(RUBRIC, grades, statistics(RUBRIC, grades), style=STYLE, shown=Shown(80, rows=grades))
    assert "are shown" not in drawn(report)


def test_forty_causes_are_all_shown():
    def shown(count):
        return drawn(
            Group(
                *causes_report(
                    [
                        replace(
                            grade("zoe"),
                            criteria=(),
                            notes=tuple(
                                f"note {'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP'[each] * 3}"
                                for each in range(count)
                            ),
                        )
                    ],
                    {},
                    STYLE,
                )
            )
        )

    assert "more causes" not in shown(40)
    assert "and 1 more causes: --json has them all" in shown(41)


@pytest.mark.parametrize("count", [12, 13])
def test_twelve_lines_are_shown_whole(count):
    told = part("a", outcome(Status.FAILED, failed("\n".join(f"line {each}" for each in range(count)))))
    (seen,) = view(native(replace(grade(), criteria=(told,)))).rows[0].parts
    assert ("more line" in explain(seen)) is (count > 12)
    assert ("more line" in drawn(check_report(replace(grade(), criteria=(told,)), style=STYLE))) is (count > 12)


def test_what_is_earned_whole_is_green(same):
    whole = replace(grade(), criteria=parts()[:1], earned=Decimal(2), possible=Decimal(2))
    less = replace(whole, earned=Decimal("1.5"))
    more = replace(whole, adjustments=(Adjustment(AdjustmentKind.EXTRA, "x", Decimal(1)),))
    waits = replace(whole, criteria=(*parts()[:1], next(each for each in parts() if each.pending)))
    same("all-totals.txt", coloured(Group(*(check_report(each, style=STYLE) for each in (whole, less, more, waits)))))


def test_what_a_person_has_yet_to_grade_waits_whatever_its_tests_said():
    waiting = replace(parts()[0], pending=True)
    (seen,) = view(native(replace(grade(), criteria=(waiting,)))).rows[0].parts
    assert explain(seen) == "why: a person has yet to grade this"
