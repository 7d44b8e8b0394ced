"""What to call a criterion: by its id where that is a name, else by the heading above its cell."""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from tito.model.document import Cell, Document, Kind
from tito.records import dataclass
from tito.source import nbgrader
from tito.source.magics import without_magics
from tito.source.syntax import parsed

_HEADING: Final = re.compile(r"^#{1,6}\s+(?P<text>.*?)[\s#]*$", re.MULTILINE)
_TITLE: Final = re.compile(r"^#\s+(.*?\w.*?)[\s#]*$", re.MULTILINE)
_POINTS: Final = re.compile(r"\s*[\[(]\s*\d+([.,]\d+)?\s*(points?|pts?\.?|marks?)\s*[\])]\s*$", re.IGNORECASE)
# What nbgrader's toolbar calls a cell that nobody has named.
_NAMELESS: Final = re.compile(r"cell-[0-9a-f]{6,}(-\d+)?")
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Told:
    """A criterion's title, and the sentence that its cell says of itself."""

    title: str
    tests: str = ""


def told(document: Document) -> Mapping[str, Told]:
    """Return what each graded cell is called, by its grade_id; no two are called the same."""
    found: dict[str, Told] = {}
    heading = ""
    for cell in document.cells:
        # A question may stand in the very cell that is to be answered.
        heading = _heading(cell) or heading
        if cell.grading and cell.role in nbgrader.GRADED:
            found[cell.grade_id] = Told(_title(cell.grade_id, heading), _docstring(cell))
    counts = Counter(each.title for each in found.values())
    return {
        name: Told(f"{each.title} ({name})", each.tests) if counts[each.title] > 1 else each
        for name, each in found.items()
    }


def title(document: Document, name: str) -> str:
    """Return what a notebook is called: its first heading, else the words of its file's name."""
    heads = (_TITLE.search(cell.source) for cell in document.cells if cell.kind is Kind.MARKDOWN)
    return next((found[1][:_LONGEST] for found in heads if found), "") or words(name)


def words(name: str) -> str:
    """Return an id as words."""
    return re.sub(r"[\s_-]+", " ", name).removeprefix("test ").strip().capitalize() or name


def _title(grade_id: str, heading: str) -> str:
    return heading if _NAMELESS.fullmatch(grade_id) and heading else words(grade_id)


def _heading(cell: Cell) -> str:
    if cell.kind is not Kind.MARKDOWN:
        return ""
    found = [_POINTS.sub("", match["text"]).strip(" *_:") for match in _HEADING.finditer(cell.source)]
    return next((text[:_LONGEST] for text in reversed(found) if text), "")


def _docstring(cell: Cell) -> str:
    tree = parsed(without_magics(cell.source)[0]) if cell.kind is Kind.CODE else None
    text = ast.get_docstring(tree) if tree else None
    return " ".join(text.split("\n\n")[0].split()) if text else ""
