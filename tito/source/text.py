"""Bytes to text: what a source may be encoded in."""

import io
import tokenize

from tito.errors import Problem, UnreadableError


def decode(content: bytes | str, path: str) -> str:
    """Return a source's text with plain line ends.

    UTF-8 with or without a byte order mark, or what a script's coding line names. Raises UnreadableError for
    anything else, and for NUL bytes.
    """
    text = content if isinstance(content, str) else _decoded(content, path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise UnreadableError(Problem("it holds a NUL byte", "Save it as text.", path, line))
    return text


def _decoded(content: bytes, path: str) -> str:
    encoding = "utf-8-sig"
    if path.endswith(".py"):
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError as fault:
            raise UnreadableError(Problem(str(fault.msg or fault), "Save it as UTF-8.", path, 1)) from None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise UnreadableError(Problem(f"it is not {fault.encoding}", "Save it as UTF-8.", path, line)) from None
