"""A grade in which there is everything that a report says, with texts that have no end, and how reports are drawn."""

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

from rich.console import Console

from tito.model.cell_output import CellOutput, Seen
from tito.model.grade import Adjustment, AdjustmentKind, Comment, CriterionGrade, Grade, Mark, Override
from tito.model.outcome import Difference, Failure, Frame, Outcome, Status
from tito.model.rubric import Criterion, CriterionKind, Rubric
from tito.report import class_json
from tito.report.own import OwnFile
from tito.report.style import Style
from tito.scoring import statistics

SCREENS = Path(__file__).parent / "screens"
AT = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
LONG = " ".join(f"w{number}" for number in range(1_400))
LINES = "\n".join(f"line {number}" for number in range(30))
STYLE = Style()
STATUSES = [each for each in Status if each is not Status.PENDING]


def folded(text):
    """Return a text in which each run of LONG's words is told by its last one, styles and versions left out."""
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL).replace(
        metadata.version("tito-autograder"), "VERSION"
    )
    return re.sub(r"\bw0(?:(?:\s|\\n|&#32;)+w\d+)+", lambda found: f"«w0 … {found[0].split()[-1]}»", text)


def drawn(report, width=100):
    console = Console(file=io.StringIO(), width=width)
    console.print(report, crop=False)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def coloured(report, width=80):
    console = Console(
        file=io.StringIO(), width=width, force_terminal=True, color_system="standard", legacy_windows=False
    )
    console.print(report, crop=False)
    return re.sub(r"\x1b\[([\d;]*)m", r"<\1>", console.file.getvalue())


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


def native(*grades):
    counts = statistics(RUBRIC, grades)
    return json.loads(class_json(RUBRIC, grades, counts, "2026-11-25T10:00:00+00:00", {"ann": LONG}))


SEEN = Seen(
    (
        CellOutput("w.ipynb[cell 2]", 1, LINES, LONG, LONG, (png(3), b"no"), 2, ("a",)),
        CellOutput("w.py", 7, text="a\n", value="1"),
        CellOutput(f"w.ipynb[cell {'9' * 12}]", 1, LONG, pictures=(png(2), png(4))),
    ),
    (CellOutput("w.ipynb[cell 2]", 1, "theirs"),),
    asked=True,
)
