"""What a notebook's file says that a cell showed: whoever wrote the file may have written this, too."""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tito.model.cell_output import MOST_BYTES, MOST_PICTURES, MOST_TEXT, CellOutput, png_size
from tito.model.document import Document, Kind

_COLUMNS: Final = 500


def saved(document: Document) -> Mapping[tuple[str, int], CellOutput]:
    """Return what the file says of each code cell that shows something, by where its code stands."""
    found: dict[tuple[str, int], CellOutput] = {}
    for cell in document.cells:
        outputs = cell.extras.get("outputs")
        if cell.kind is Kind.CODE and isinstance(outputs, list):
            path, line = document.place(cell)
            told = _told(path.rpartition("/")[2], line, [each for each in outputs[:_COLUMNS] if _is_one(each)])
            found |= {} if told.empty else {(told.label, told.line): told}
    return found


def _is_one(output: Any) -> bool:
    return isinstance(output, dict) and isinstance(output.get("output_type"), str)


def _told(label: str, line: int, outputs: Sequence[Mapping[str, Any]]) -> CellOutput:
    data = [each["data"] for each in outputs if isinstance(each.get("data"), dict)]
    held = [each["image/png"] for each in data if "image/png" in each]
    pictures = tuple(_pictures(held))
    return CellOutput(
        label,
        line,
        "".join(_text(each.get("text")) for each in outputs if each["output_type"] == "stream")[:MOST_TEXT],
        "\n".join(_text(each.get("text/plain")) for each in data if "image/png" not in each)[:MOST_TEXT],
        "\n".join(_error(each) for each in outputs if each["output_type"] == "error")[:MOST_TEXT],
        pictures,
        len(held) - len(pictures),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _error(output: Mapping[str, Any]) -> str:
    return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}".removesuffix(": ")


def _pictures(held: Sequence[Any]) -> Iterator[bytes]:
    for text in held[:MOST_PICTURES]:
        if isinstance(text, str) and len(text) < 2 * MOST_BYTES:
            try:
                content = base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                continue
            if png_size(content):
                yield content
