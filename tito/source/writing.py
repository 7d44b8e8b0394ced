"""Write a Document: notebooks through nbformat, percent scripts through jupytext."""

import copy
from collections.abc import Iterator
from typing import Any

from tito.model.document import Document, Format, Kind
from tito.source.notebook import write_notebook
from tito.source.percent_lines import is_commented_magic, quoted_lines, uncommented


def write(document: Document, form: Format) -> str:
    """Return a Document's text in a format."""
    return write_notebook(document) if form is Format.NOTEBOOK else _percent(document)


def _percent(document: Document) -> str:
    import jupytext  # noqa: PLC0415 - 0.24 s, for writing alone
    import nbformat  # noqa: PLC0415

    notebook: Any = nbformat.reads(write_notebook(document), as_version=4)
    notebook.metadata = nbformat.from_dict(_metadata(document))
    for cell, original in zip(notebook.cells, document.cells, strict=True):
        cell.metadata = nbformat.from_dict(dict(original.metadata))
        if original.kind is Kind.CODE:
            cell.source = "\n".join(_before_jupytext(original.source.split("\n")))
    return str(jupytext.writes(notebook, fmt="py:percent"))


def _metadata(document: Document) -> dict[str, Any]:
    """Return the notebook's metadata, so filtered that jupytext writes all that a script's header and cells said."""
    from jupytext.metadata_filter import update_metadata_filters  # noqa: PLC0415

    metadata: dict[str, Any] = copy.deepcopy(dict(document.metadata))
    metadata.pop("language_info", None)
    if document.format is Format.PERCENT:
        headless = metadata.get("jupytext", {}).get("notebook_metadata_filter") == "-all"
        keys = sorted({key for cell in document.cells for key in cell.metadata})
        update_metadata_filters(metadata, not headless, keys)
    return metadata


def _before_jupytext(lines: list[str]) -> Iterator[str]:
    """Yield lines so that jupytext writes them as they were: it comments what it takes for a magic, comments too."""
    from jupytext.magics import is_magic  # noqa: PLC0415

    for line, inside in zip(lines, quoted_lines(lines), strict=True):
        bare = line.lstrip()
        own = inside or not bare.startswith("#") or is_commented_magic(line)
        mistaken = not own and is_magic(line, "python", explicitly_code=True)
        yield line[: len(line) - len(bare)] + uncommented(bare) if mistaken else line
