"""otter-grader's notebooks, as `otter assign` reads them, become documents of tito's.

Source: otter-grader's documentation, "Creating Assignments", and its `otter.assign`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tito.errors import CourseError, Problem
from tito.importing.otter_lines import is_ignored, regions, without_ignored
from tito.importing.otter_tests import Case, case_of, priced
from tito.model.document import Cell, Document, Grading, Kind, Role
from tito.records import dataclass
from tito.source import nbgrader
from tito.source.plain import PlainError, yaml_data

_BOUNDARY: Final = re.compile(
    r"#\s+(?P<which>begin|end)\s+(?P<block>question|prompt|solution|tests)\b", re.IGNORECASE
)
_CONFIG: Final = re.compile(r"#\s+assignment\s+config\b", re.IGNORECASE)
_FENCED: Final = re.compile(r"^```otter[ \t]*\n(?P<text>.*?)^```[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_CLIENT: Final = re.compile(
    r"^\s*grader\.(check|check_all|export)\(|^\s*import otter\b|\botter\.Notebook\(", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """An otter assignment: its document, its configuration, and what could not be brought over, with the reasons."""

    document: Document
    config: Mapping[str, Any]
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the assignment names, which lie beside its notebook."""
        named = [self.config.get(key) for key in ("files", "autograder_files", "student_files")]
        return tuple(dict.fromkeys(str(name) for each in named if isinstance(each, list) for name in each))


@dataclass(slots=True)
class _Question:
    """A question that is being read."""

    name: str
    config: Mapping[str, Any]
    solutions: int = 0
    answered: bool = False
    tests: list[tuple[Cell, Case]] = field(default_factory=list)

    @property
    def manual(self) -> bool:
        """Whether a person grades it."""
        return bool(self.config.get("manual"))


def is_master(document: Document) -> bool:
    """Say whether a notebook is what `otter assign` reads."""
    return any(_boundary(cell) or _is_config(cell) for cell in _unfenced(document.cells))


def is_handed_out(document: Document) -> bool:
    """Say whether a notebook is what `otter assign` makes for students."""
    return not is_master(document) and any(
        cell.kind is Kind.CODE and _CLIENT.search(cell.source) for cell in document.cells
    )


def assignment(document: Document) -> Assignment:
    """Return an otter notebook as a document of tito's. Raises CourseError, with every problem of it."""
    reader = _Reader(document)
    cells = tuple(reader.cells())
    if reader.problems:
        raise CourseError(*reader.problems)
    metadata = {key: value for key, value in document.metadata.items() if key != "otter"}
    return Assignment(replace(document, cells=cells, metadata=metadata), reader.config, tuple(reader.notes))


class _Reader:
    """Reads a notebook's cells in order, block by block."""

    def __init__(self, document: Document) -> None:
        self.config: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._document = document
        self._blocks: list[str] = []
        self._question: _Question | None = None
        self._taken: set[str] = set()

    def cells(self) -> Iterator[Cell]:
        """Yield the document's cells."""
        for cell in _unfenced(self._document.cells):
            if is_ignored(cell.source):
                continue
            if _is_config(cell):
                self.config |= self._mapping(cell)
            elif found := _boundary(cell):
                yield from self._turned(cell, found["which"].lower() == "begin", found["block"].lower())
            else:
                yield from self._inside(cell)
        if self._blocks:
            self._refuse(self._document.cells[-1], f"a {self._blocks[-1]} block has no end")

    def _turned(self, cell: Cell, begins: bool, block: str) -> Iterator[Cell]:  # noqa: FBT001
        if not begins:
            if not self._blocks or self._blocks[-1] != block:
                self._refuse(cell, f"a {block} block ends that has not begun")
                return
            self._blocks.pop()
            if block == "question":
                yield from self._tests()
                self._question = None
            return
        if (block == "question") != (not self._blocks) or len(self._blocks) > 1:
            self._refuse(cell, f"a {block} block begins {'inside another' if self._blocks else 'outside a question'}")
        self._blocks.append(block)
        if block == "question":
            config = self._mapping(cell)
            if not config.get("name"):
                self._refuse(cell, "a question has no name")
            self._question = _Question(str(config.get("name") or "question"), config)

    def _inside(self, cell: Cell) -> Iterator[Cell]:
        question = self._question
        match self._blocks[-1] if self._blocks else "":
            case "tests" if question:
                self._test(cell, question)
            case "solution" if question:
                yield from self._solution(cell, question)
            case "prompt" if question and question.manual and cell.kind is Kind.MARKDOWN:
                # The answer's cell is emptied in a release.
                return
            case _:
                yield _plain(cell)

    def _solution(self, cell: Cell, question: _Question) -> Iterator[Cell]:
        text = cell.kind is not Kind.CODE
        if text and (not question.manual or question.answered):
            # otter shows it to nobody.
            return
        try:
            source = cell.source if text else regions(cell.source)
        except ValueError as fault:
            line, what = fault.args
            self._refuse(cell, what, line)
            return
        question.solutions += 1
        by_hand = question.manual and not question.answered
        question.answered = question.answered or question.manual
        name = self._name(question.name if question.solutions == 1 else f"{question.name}-{question.solutions}")
        role = Role.MANUAL if by_hand else Role.SOLUTION
        yield _graded(cell, source, Grading(name, role, self._worth(cell, question) if by_hand else None))

    def _test(self, cell: Cell, question: _Question) -> None:
        tests = self.config.get("tests")
        doctest = not (isinstance(tests, Mapping) and tests.get("ok_format") is False)
        source = without_ignored(cell.source)
        if cell.kind is not Kind.CODE or not source.strip():
            return
        try:
            question.tests.append((cell, case_of(replace(cell, source=source), doctest=doctest)))
        except ValueError as fault:
            self.notes.append("{}:{}: a test of {} is left out: {}".format(*self._place(cell), question.name, fault))

    def _tests(self) -> Iterator[Cell]:
        """Yield the tests of the question that ends: a cell each, or one where they count together."""
        question = self._question
        if question is None or not question.tests:
            return
        cells = [cell for cell, _ in question.tests]
        try:
            total = 0 if question.manual else question.config.get("points")
            cases = priced([case for _, case in question.tests], total)
        except (ValueError, InvalidOperation) as fault:
            self._refuse(cells[0], f"question {question.name}: {fault}")
            return
        if question.config.get("all_or_nothing"):
            body = "\n".join(_source(case) for case in cases)
            points = sum((case.points or Decimal(0) for case in cases), Decimal(0))
            yield _graded(
                cells[0], body, Grading(self._name(f"{question.name}-tests"), Role.TEST, points, locked=True)
            )
            return
        for number, (cell, case) in enumerate(zip(cells, cases, strict=True), 1):
            name = self._name(f"{question.name}-test-{number}")
            yield _graded(cell, _source(case), Grading(name, Role.TEST, case.points, locked=True))

    def _worth(self, cell: Cell, question: _Question) -> Decimal:
        try:
            return Decimal(str(question.config.get("points", 1)))
        except InvalidOperation:
            self._refuse(cell, f"question {question.name}: its points are no number")
            return Decimal(0)

    def _name(self, wanted: str) -> str:
        name = first = nbgrader.plain_id(wanted) or "question"
        count = 2
        while name in self._taken:
            name, count = f"{first}-{count}", count + 1
        self._taken.add(name)
        return name

    def _mapping(self, cell: Cell) -> dict[str, Any]:
        try:
            found = yaml_data(cell.source)
        except PlainError as fault:
            self._refuse(cell, f"this is no YAML: {fault}")
            return {}
        if found is not None and not isinstance(found, Mapping):
            self._refuse(cell, "this is no mapping")
            return {}
        return dict(found or {})

    def _place(self, cell: Cell) -> tuple[str, int]:
        return self._document.place(cell)

    def _refuse(self, cell: Cell, what: str, line: int = 1) -> None:
        self.problems.append(Problem(what, "Mend it so that `otter assign` takes it.", self._place(cell)[0], line))


def _unfenced(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield cells, with those of Markdown parted at their ```otter blocks, which stand for raw cells."""
    for cell in cells:
        if cell.kind is not Kind.MARKDOWN or not _FENCED.search(cell.source):
            yield cell
            continue
        place = 0
        for found in _FENCED.finditer(cell.source):
            yield from _piece(cell, cell.source[place : found.start()], Kind.MARKDOWN)
            yield from _piece(cell, found["text"], Kind.RAW)
            place = found.end()
        yield from _piece(cell, cell.source[place:], Kind.MARKDOWN)


def _piece(cell: Cell, text: str, kind: Kind) -> Iterator[Cell]:
    if text.strip():
        yield replace(cell, kind=kind, source=text.strip("\n"), extras={})


def _boundary(cell: Cell) -> re.Match[str] | None:
    return _BOUNDARY.match(cell.source) if cell.kind is Kind.RAW else None


def _is_config(cell: Cell) -> bool:
    return cell.kind is not Kind.MARKDOWN and bool(_CONFIG.match(cell.source))


def _plain(cell: Cell) -> Cell:
    source = without_ignored(cell.source) if cell.kind is Kind.CODE else cell.source
    return replace(cell, source=source, extras=_bare(cell))


def _graded(cell: Cell, source: str, grading: Grading) -> Cell:
    metadata = {**cell.metadata, "nbgrader": nbgrader.complete(grading, cell.kind)}
    metadata.pop("tags", None)
    return replace(cell, source=source, metadata=metadata, grading=grading, extras=_bare(cell))


def _source(case: Case) -> str:
    return f"### BEGIN HIDDEN TESTS\n{case.source}\n### END HIDDEN TESTS" if case.hidden else case.source


def _bare(cell: Cell) -> dict[str, object]:
    extras = dict(cell.extras)
    return extras | {"outputs": [], "execution_count": None} if cell.kind is Kind.CODE else extras
