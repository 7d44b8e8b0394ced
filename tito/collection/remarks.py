"""What is odd about how a file is written, and does not keep it from being read."""

import io
import re
import tokenize
from collections.abc import Iterator
from typing import Final

from tito.model.document import Document, Format

_OURS: Final = re.compile(rb"^<{7} ", re.MULTILINE)
_THEIRS: Final = re.compile(rb"^>{7} ", re.MULTILINE)
_OLD, _MINOR, _FAR = 3, 5, 999


def remarks(content: bytes, document: Document) -> tuple[str, ...]:
    """Return a note for each oddity of a submission's bytes, which `document` was read from."""
    notes = _of_script(content) if document.format is Format.PERCENT else _of_notebook(document)
    return tuple(notes) if document.cells else (*notes, "it is empty")


def _of_script(content: bytes) -> Iterator[str]:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    if not encoding.startswith("utf-8"):
        yield f"read as {encoding}, as its first lines declare"
    # The pattern alone would look at every line of every file.
    ours = _OURS.search(content) if b"<<<<<<< " in content else None
    if ours and _THEIRS.search(content, ours.end()):
        line = content.count(b"\n", 0, ours.start()) + 1
        yield f"git's conflict markers from line {line} on: that cell cannot run"


def _of_notebook(document: Document) -> Iterator[str]:
    if document.metadata.get("orig_nbformat") == _OLD:
        yield f"converted from notebook format {_OLD}"
    minor = document.extras.get("nbformat_minor")
    if isinstance(minor, int) and minor > _MINOR:
        newer = f"notebook format 4.{min(minor, _FAR)}, which is newer than 4.{_MINOR}"
        yield f"{newer}: what is new in it was not looked at"
