"""Feedback pages on disk: one for each student, and one for the class."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tito.collection.shelf import Shelf
from tito.collection.tree import suffix
from tito.errors import TitoError
from tito.model.cell_output import CellOutput
from tito.model.document import Cell, Document, Kind, Role
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, page_name, student_page
from tito.source import parse
from tito.source.saved import saved
from tito.workflows.book.seen import Look, differs, nothing
from tito.workflows.course.opening import write_text

_MODULES: Final = 50


def write_pages(result: Mapping[str, Any], out: Path, student: str = "", look: Look = nothing) -> tuple[Path, ...]:
    """Write the pages of a native result below `out`, or `student`'s alone; return their paths, the class's first.

    A page shows the code at the result's own path, as long as it is there, and what `look` knows that it showed.
    Raises UsageError for a student who is not in the result.
    """
    shown = view(result, student)
    paths = {each["student"]: each["path"] for each in result["data"]["grades"]}
    raw = [each["student"] for each in result["data"]["grades"] if not student or each["student"] == student]
    shelf = Shelf()
    pages = {
        out / "students" / page_name(row.student, row.name): student_page(
            shown, row, code_at(shelf, Path(paths[name]), look(name))
        )
        for name, row in zip(raw, shown.rows, strict=True)
    }
    if not student:
        pages = {out / "index.html": class_page(shown, result["data"]["statistics"]), **pages}
    for path, text in pages.items():
        write_text(path, text)
    return tuple(pages)


def student_pages(result: Mapping[str, Any], look: Look = nothing) -> dict[str, str]:
    """Return each student's page of a native result, by the student's id."""
    shown, shelf = view(result), Shelf()
    grades = result["data"]["grades"]
    return {
        grade["student"]: student_page(shown, row, code_at(shelf, Path(grade["path"]), look(grade["student"])))
        for grade, row in zip(grades, shown.rows, strict=True)
    }


def code_at(shelf: Shelf, path: Path, showed: Sequence[CellOutput] = ()) -> tuple[CodeCell, ...]:
    """Return the code cells of a submission; none where it is not there any more or cannot be read.

    Where it is known what they `showed`, they say so, and what the file says otherwise.
    """
    if path.is_dir():
        # An assignment of several modules.
        inside = sorted(each for each in path.iterdir() if suffix(each.name) and each.is_file())
        return tuple(cell for each in inside[:_MODULES] for cell in code_at(shelf, each, showed))
    try:
        document = parse(shelf.read(path), str(path), lenient=True)
    except TitoError:
        return ()
    # Two modules of an assignment may have files of one name: nobody can tell whose cell it was.
    known = Counter((each.label, each.line) for each in showed)
    alone = {place: each for each in showed if known[place := (each.label, each.line)] == 1}
    return tuple(_cells(document, alone))


def _cells(document: Document, showed: Mapping[tuple[str, int], CellOutput]) -> Iterator[CodeCell]:
    claims = saved(document) if showed else {}
    for cell in filter(_is_own, document.cells):
        path, line = document.place(cell)
        # Frames name a file without its folders.
        place = path.rpartition("/")[2], line
        ran, says = showed.get(place), claims.get(place)
        says = says if says and differs(ran or CellOutput(*place), says) else None
        yield CodeCell(*place, cell.source, ran, says)


def _is_own(cell: Cell) -> bool:
    return cell.kind is Kind.CODE and cell.role is not Role.TEST
