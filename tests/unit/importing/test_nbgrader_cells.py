"""nbgrader's cells made whole: metadata of all schemas, ids and delimiters."""

import pytest

from tito.errors import CourseError
from tito.importing.config import Config
from tito.importing.nbgrader_cells import delimiters, joined, marked, whole
from tito.model.document import Cell, Document, Format, Kind, Role

MARKS = delimiters(Config())
OWN = delimiters(Config({
    "ClearSolutions.begin_solution_delimeter": "<<ANSWER", "ClearSolutions.end_solution_delimeter": "ANSWER>>",
}))  # fmt: skip


def made(*cells):
    """Return a document made whole of (kind, nbgrader's metadata, source)."""
    whole_cells = tuple(Cell(Kind(kind), source, metadata={"nbgrader": entry}) for kind, entry, source in cells)
    return whole(Document("a.ipynb", Format.NOTEBOOK, whole_cells), MARKS)


ENTRIES = {
    "schema 0, points as a text": ("code", {"grade": True, "grade_id": "t", "points": "2.5"}, (Role.TEST, "t", "2.5")),
    "schema 0, empty points": ("code", {"grade": True, "grade_id": "t", "points": ""}, (Role.TEST, "t", "0")),
    "schema 1 with a checksum": ("code", {"solution": True, "grade_id": "s", "schema_version": 1, "checksum": "1"}, (Role.SOLUTION, "s", None)),
    "points of what is not graded": ("code", {"solution": True, "grade_id": "s", "points": 3}, (Role.SOLUTION, "s", None)),
    "negative points": ("code", {"grade": True, "grade_id": "t", "points": -1}, (Role.TEST, "t", "0")),
    "flags as texts": ("code", {"grade": "true", "solution": "false", "grade_id": "t"}, (Role.TEST, "t", "0")),
    "an odd id": ("code", {"grade": True, "grade_id": "part 1 (ä)", "points": 1}, (Role.TEST, "part-1", "1")),
    "a graded text": ("markdown", {"grade": True, "grade_id": "m", "points": 1}, (Role.MANUAL, "m", "1")),
    "a text to answer": ("markdown", {"solution": True, "grade_id": "m"}, (Role.MANUAL, "m", "0")),
    "a task in code": ("code", {"task": True, "grade_id": "m", "points": 4}, (Role.MANUAL, "m", "4")),
    "a task": ("markdown", {"task": True, "locked": True, "grade_id": "m", "points": 4}, (Role.TASK, "m", "4")),
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_metadata_become_complete(name):
    kind, entry, (role, grade_id, points) = ENTRIES[name]
    (cell,) = made((kind, entry, "x = 1"))[0].cells
    assert (cell.role, cell.grade_id) == (role, grade_id)
    assert str(cell.grading.points) == str(points)
    assert cell.metadata["nbgrader"]["schema_version"] == 3
    assert "checksum" not in cell.metadata["nbgrader"]


@pytest.mark.parametrize("entry", [{}, None, {"grade": False, "grade_id": "x"}])
def test_empty_metadata_are_none(entry):
    (cell,) = made(("code", entry, "x = 1"))[0].cells
    assert "nbgrader" not in cell.metadata
    assert cell.role is Role.ORDINARY


def test_a_repeated_and_a_missing_id_get_one_of_their_own_and_a_note():
    document, notes = made(*[("code", {"grade": True, "grade_id": "t"}, "a")] * 2, ("code", {"locked": True}, "b"))
    names = [cell.grade_id for cell in document.cells]
    assert names[:2] == ["t", "t-2"]
    assert names[2].startswith("cell-")
    assert [note.partition(": ")[0] for note in notes] == ["a.ipynb[cell 2]:1", "a.ipynb[cell 3]:1"]


REGIONS = {
    "as tito has it": ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    "with words beside": ("  # BEGIN SOLUTION of part 1\n  x = 1\n# the END SOLUTION", "  ### BEGIN SOLUTION\n  x = 1\n### END SOLUTION"),
    "behind code, which belongs to it": ("x = 1  # BEGIN SOLUTION\ny = 2  # END SOLUTION\nz", "### BEGIN SOLUTION\nx = 1\ny = 2\n### END SOLUTION\nz"),
    "an end alone, which nbgrader drops": ("a\n# END SOLUTION\nb", "a\nb"),
    "hidden tests": ("# BEGIN HIDDEN TESTS\nassert x\n# END HIDDEN TESTS", "### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS"),
}  # fmt: skip


@pytest.mark.parametrize("name", REGIONS)
def test_regions_are_marked_as_tito_marks_them(name):
    source, wanted = REGIONS[name]
    assert marked(source, Kind.CODE, MARKS) == wanted


def test_a_course_may_have_delimiters_of_its_own():
    assert marked("# <<ANSWER\nx\n# ANSWER>>", Kind.CODE, OWN) == "### BEGIN SOLUTION\nx\n### END SOLUTION"


@pytest.mark.parametrize("source", ["# BEGIN SOLUTION\nx", "# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION"])
def test_what_nbgrader_refuses_is_refused_with_its_line(source):
    with pytest.raises(CourseError, match=r"a\.ipynb\[cell 1\]:\d: SOLUTION begins"):
        made(("code", None, source))


def test_a_header_and_a_footer_stand_around_a_notebook_and_no_id_is_there_twice():
    parts = [Document(name, Format.NOTEBOOK, (Cell(Kind.CODE, name, extras={"id": "x"}),)) for name in "hbf"]
    document = joined(*parts)
    assert [cell.source for cell in document.cells] == ["h", "b", "f"]
    assert [cell.extras for cell in document.cells] == [{"id": "x"}, {}, {}]
    assert document.path == "b"
