"""A native result as every writer reads it: exact points, safe text, of hidden tests only what students may know."""

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any

from tito.errors import BrokenError, Problem, UsageError
from tito.model.points import points
from tito.records import dataclass
from tito.report.students import for_students
from tito.report.text import label, one_line, safe
from tito.report.words import MARK


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the student's own lines; `path` is the file's name, for a notebook with the cell's number."""

    path: str
    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True)
class Test:
    """What one locked test said. Of a hidden one only the status is there.

    `beside` says that it ran in the submission's own process, where it can be forged.
    """

    name: str
    status: str
    seconds: Decimal
    hidden: bool
    message: str = ""
    detail: str = ""
    assertion: str = ""
    calls: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    output: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of one grade. `earned` is None where no number may be shown: it is broken, or not graded yet.

    `manual` means that a person grades it, `level` is the one that was picked; `aside` says where its points do not
    count as the others' do; `mistake` is the known mistake that it failed as.
    """

    id: str
    title: str
    status: str
    earned: Decimal | None
    points: Decimal
    description: str
    hint: str
    tests: tuple[Test, ...]
    comment: str = ""
    pending: bool = False
    override: str = ""
    level: str = ""
    aside: str = ""
    manual: bool = False
    mistake: str = ""

    @property
    def beside(self) -> bool:
        """Whether a test of it ran beside the submission, passed or not."""
        return any(each.beside for each in self.tests)

    @property
    def heading(self) -> str:
        """Return the title as tables have it: with a mark where a test ran beside the submission."""
        return f"{self.title} {MARK}" if self.beside else self.title

    @property
    def word(self) -> str:
        """Return how it stands in a word; what a person graded has not failed, it has a level."""
        return self.status if self.passed or self.pending or not self.manual else self.level or "marked"

    @property
    def passed(self) -> bool:
        """Whether there is nothing to explain."""
        return self.status == "passed"

    @property
    def hidden(self) -> bool:
        """Whether students see none of its tests."""
        return bool(self.tests) and all(each.hidden for each in self.tests)

    @property
    def seconds(self) -> Decimal:
        """How long its tests took."""
        return sum((each.seconds for each in self.tests), Decimal(0))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points beside the criteria: late penalty, extra credit, a dropped criterion."""

    kind: str
    reason: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One student's grade. `final` is None where no number may be shown: tito or the machine failed."""

    student: str
    path: str
    earned: Decimal
    final: Decimal | None
    possible: Decimal
    refusal: str
    seconds: Decimal
    level: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    adjustments: tuple[Adjustment, ...] = ()
    comments: tuple[str, ...] = ()
    complete: bool = True
    graded: Decimal = Decimal(0)
    submitted: str = ""
    late_seconds: int = 0
    name: str = ""
    excused: str = ""

    @property
    def percent(self) -> Decimal | None:
        """The final score out of 100."""
        if self.final is None:
            return None
        return self.final * 100 / self.possible if self.possible else Decimal(0)

    @property
    def status(self) -> str:
        """The grade in a word or two."""
        if self.excused:
            return "excused"
        if self.final is None:
            return "broken"
        if self.refusal:
            return "refused"
        if not self.complete:
            return "incomplete"
        lost = [each.status for each in self.parts if not each.passed]
        return f"{len(lost)} of {len(self.parts)} not passed" if lost else "passed"


@dataclass(frozen=True, slots=True)
class Result:
    """A graded class; `source` is the native result that it is a view of."""

    tool: str
    module: str
    title: str
    points: Decimal
    graded_at: str
    rows: tuple[Row, ...]
    source: Mapping[str, Any] = field(default_factory=dict)

    def only(self, what: str) -> Row:
        """Return the one grade. Raises UsageError where there are more, and BrokenError where it has no number."""
        if len(self.rows) != 1:
            fix = "Name one: `tito report MODULE STUDENT`, or --student of `tito grade`."
            raise UsageError(Problem(f"{what} holds one student's grade and there are {len(self.rows)}", fix))
        (row,) = self.rows
        if row.final is None:
            fault = "tito or the machine failed while it graded, so there is no grade to write"
            raise BrokenError(Problem(fault, "Grade it again.", row.student))
        return row


def view(result: Mapping[str, Any], student: str = "") -> Result:
    """Return a native result for a writer: all of it, or `student`'s alone. Raises UsageError where there is none."""
    result = for_students(result)
    data = result["data"]
    grades = [each for each in data["grades"] if not student or each["student"] == student]
    if student and not grades:
        raise UsageError(Problem(f"there is no grade of {label(student, 80)}", "Look at the result's students."))
    return Result(
        one_line(result["tool"]),
        label(data["module"]),
        label(data["title"]),
        _exact(data["points"]),
        one_line(data.get("graded_at", "")),
        tuple(_row(each) for each in grades),
        {**result, "data": {**data, "grades": grades}},
    )


def _row(grade: Mapping[str, Any]) -> Row:
    earned = _exact(grade["earned"])
    return Row(
        label(grade["student"], 120),
        label(grade["path"], 1_000),
        earned,
        None if grade["broken"] else _exact(grade.get("final", grade["earned"])),
        _exact(grade["possible"]),
        safe(grade["refusal"]),
        _exact(grade["seconds"]),
        one_line(grade["level"]),
        tuple(one_line(each, 400) for each in grade["notes"]),
        tuple(_part(each) for each in grade["criteria"]),
        tuple(_adjustment(each) for each in grade.get("adjustments", ())),
        tuple(safe(each["text"]) for each in grade.get("comments", ())),
        grade.get("complete", True),
        _exact(grade.get("graded", grade["possible"])),
        one_line(grade.get("submitted") or ""),
        grade.get("late_seconds", 0),
        one_line(grade.get("name", "")),
        one_line(grade.get("excused", "")),
    )


def _part(part: Mapping[str, Any]) -> Part:
    status = part["status"]
    pending = part.get("pending", False)
    return Part(
        label(part["id"]),
        label(part["title"]),
        status,
        None if status in {"broken", "pending"} else _exact(part["earned"]),
        _exact(part["points"]),
        safe(part.get("description", "")),
        safe(part.get("hint", "")),
        tuple(_test(each) for each in part["tests"]),
        safe(part.get("comment", "")),
        pending,
        _override(part.get("override")),
        label((part.get("mark") or {}).get("level", "")),
        "extra credit" if part.get("extra") else "no longer counts" if part.get("dropped") else "",
        part.get("kind") == "manual",
        safe(part.get("mistake", "")),
    )


def _override(override: Mapping[str, Any] | None) -> str:
    if not override:
        return ""
    before = points(_exact(override["earned_before"]))
    return f"changed by {label(override['author'], 80)} from {before}: {safe(override['reason'], 500)}"


def _adjustment(each: Mapping[str, Any]) -> Adjustment:
    return Adjustment(label(each["kind"]), one_line(each["reason"], 400), _exact(each["points"]))


def _test(test: Mapping[str, Any]) -> Test:
    head = (label(test["test"]), test["status"], _exact(test["seconds"]), test.get("hidden", False))
    failure, beside = test["failure"], test.get("beside", False)
    if not failure:
        return Test(*head, output=safe(test["output"]), beside=beside)
    return Test(
        *head,
        safe(failure["message"]),
        safe(failure["detail"]),
        safe(failure["assertion"]),
        tuple(safe(each) for each in failure["calls"]),
        tuple(_frame(each) for each in failure["frames"]),
        safe(test["output"]),
        beside,
    )


def _frame(frame: Mapping[str, Any]) -> Frame:
    return Frame(label(frame["path"]), frame["line"], label(frame["function"]), safe(frame["code"].rstrip(), 400))


def _exact(value: float | str) -> Decimal:
    return Decimal(str(value))
