"""What stands behind a cell's `# %%`: a title, a kind in brackets, and metadata."""

import ast
import json
import re
import warnings
from typing import Any, Final

from tito.model.document import Kind
from tito.source.plain import PlainError, is_plain, json_data

MARKER: Final = re.compile(r"^\s*#\s*(?:%%(?P<rest>%*\s.*)|(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*)$")
UNREAD: Final = "incorrectly_encoded_metadata"
_KINDS: Final = {"markdown": Kind.MARKDOWN, "raw": Kind.RAW, "md": Kind.MARKDOWN}
_KEY: Final = re.compile(r"\s*([\w.@/-]+)\s*=\s*")
_QUOTED: Final = re.compile(r"(?P<value>'(?:[^'\\]|\\.)*')(?=\s|$)")
_NEXT: Final = re.compile(r"(?P<value>)(?:(?<!\s)\s+[\w.@/-]+\s*=|$)")
_WORD: Final = re.compile(r"\s*(\S+)")
_DECODER: Final = json.JSONDecoder()
_FLAG: Final = re.compile(r"[a-zA-Z_.][\w.]*")
# A graded cell's marker has some 200 signs; jupytext puts a notebook's metadata there as well.
_LONGEST: Final = 1 << 14
_LONGEST_LITERAL: Final = 1000
# Values that only Python's own parser reads take long, so that a marker may hold a few.
_MOST_LITERALS: Final = 20


def is_json(rest: str) -> bool:
    """Say whether a marker's metadata is one JSON object, rather than key=value pairs."""
    return -1 < rest.find("{") < (rest.find("=") if "=" in rest else len(rest))


def options(rest: str) -> tuple[Kind, dict[str, Any]]:
    """Return a cell's kind and metadata from what stands behind the `%%` of its marker."""
    title, metadata = _parted(rest.strip())
    kind = _KINDS.get(str(metadata.pop("cell_type", "")), Kind.CODE)
    for name, named in _KINDS.items():
        if f"[{name}]" in title:
            title, kind = title.replace(f"[{name}]", "").strip(), named
            if name == "md":
                metadata["region_name"] = name
            break
    depth = len(title) - len(title.lstrip("%"))
    if depth:
        title, metadata["cell_depth"] = title[depth:].strip(), depth
    if title:
        metadata["title"] = title
    return kind, metadata


def _parted(text: str) -> tuple[str, dict[str, Any]]:
    """Part a title from its metadata: an object in JSON, or pairs that begin a word before the first `=`."""
    if len(text) > _LONGEST:
        return "", {UNREAD: text}
    if is_json(text):
        start = text.find("{")
        found = _read(text[start:])
        return text[:start].strip(), found if isinstance(found, dict) else {UNREAD: text[start:]}
    if "=" not in text:
        return text, {}
    title = text[: text.find("=")].rstrip().rpartition(" ")[0].rstrip()
    return title, _pairs(text[len(title) :])


def _pairs(text: str) -> dict[str, Any]:
    """Return key=value pairs, with None for a bare word; what is neither is kept under jupytext's own key."""
    found: dict[str, Any] = {}
    left: list[str] = []
    place, literals = 0, _MOST_LITERALS
    while place < len(text):
        key = _KEY.match(text, place)
        value = _json_value(text, key.end()) if key else None
        if key and not value and literals:
            value, literals = _other_value(text, key.end()), literals - 1
        if key and value:
            found[key[1]], place = value
        elif word := _WORD.match(text, place):
            left.append(word[1])
            place = word.end()
        else:
            break
    if all(_FLAG.fullmatch(word) for word in left):
        return dict.fromkeys(reversed(left)) | found
    return found | {UNREAD: " ".join(left)}


def _json_value(text: str, start: int) -> tuple[Any, int] | None:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (value, end) if is_plain(value) and (end == len(text) or text[end].isspace()) else None


def _other_value(text: str, start: int) -> tuple[Any, int] | None:
    following = _QUOTED.match(text, start) or _NEXT.search(text, start)
    end = following.end("value") if following else len(text)
    found = _literal(text[start:end].strip())
    return (found[0], end) if found else None


def _read(text: str) -> Any:
    try:
        return json_data(text)
    except PlainError:
        found = _literal(text)
        return found[0] if found else None


def _literal(text: str) -> tuple[Any] | None:
    """Return a Python literal, in a tuple of one; None for anything else, and for what is too long for a literal."""
    if not text or len(text) > _LONGEST_LITERAL:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return (found,) if is_plain(found) else None
