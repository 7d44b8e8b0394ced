"""Bytes to text: what a source may be encoded in."""

import io
import re
import tokenize
from typing import Final

from tito.errors import Problem, UnreadableError

_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")


def decode(content: bytes | str, path: str) -> str:
    """Return a source's text with plain line ends.

    UTF-8 with or without a byte order mark, or what a script's coding line names. Raises UnreadableError for
    anything else, and for NUL bytes.
    """
    text = content if isinstance(content, str) else _decoded(content, path)
    return cleaned(text.removeprefix("\ufeff"), path)


def cleaned(text: str, path: str) -> str:
    """Return a text with plain line ends. Raises UnreadableError for characters that no Python source can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _NO_TEXT.search(text)
    if found:
        what = "a NUL byte" if found[0] == "\x00" else "half a character (a lone surrogate)"
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableError(Problem(f"it holds {what}", "Save it as text.", path, line))
    return text


def _decoded(content: bytes, path: str) -> str:
    encoding = "utf-8-sig"
    if path.lower().endswith(".py"):
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError as fault:
            raise UnreadableError(Problem(str(fault.msg or fault), "Save it as UTF-8.", path, 1)) from None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise UnreadableError(Problem(f"it is not {fault.encoding}", "Save it as UTF-8.", path, line)) from None
    except (UnicodeError, LookupError, ValueError):
        # Codecs such as hex or undefined can be named, but are no text encodings.
        raise UnreadableError(Problem(f"it is not {encoding}", "Save it as UTF-8.", path, 1)) from None
