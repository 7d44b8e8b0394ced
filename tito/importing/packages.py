"""What a course's notebooks import that is neither Python's own nor a file beside them."""

import sys
from collections.abc import Collection, Iterable
from typing import Final

from tito.model.document import Document, Kind
from tito.source import exports
from tito.source.magics import without_magics

# What a notebook has from Jupyter and its grader, and what a judge has for its tests anyway.
_TOOLS: Final = frozenset({"IPython", "ipywidgets", "nbgrader", "otter", "pytest"})


def packages(documents: Iterable[Document], beside: Collection[str]) -> tuple[str, ...]:
    """Return the packages that documents import, by the names that they import; `beside` are modules of their own."""
    found = {
        name.partition(".")[0]
        for document in documents
        for cell in document.cells
        if cell.kind is Kind.CODE
        for name in exports.imports(without_magics(cell.source)[0])
    }
    return tuple(sorted(found - set(sys.stdlib_module_names) - set(beside) - _TOOLS))
