"""Bytes to text: what a source may be encoded in."""

import codecs
import io
import re
import tokenize
from typing import Final

from tito.errors import Problem, UnreadableError

# Encodings that editors write. Python has others, of which some take quadratic time, and some hide what is written.
_KNOWN: Final = re.compile(
    r"ascii|utf-8(-sig)?|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|(shift_jis|euc_j|euc_k|iso2022_|gb|big5|johab|tis)[\w-]*"
)
_SHOWN: Final = 60
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
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Neither Python nor Jupyter reads it, so that nobody has run it.
        raise UnreadableError(Problem("it is UTF-16", "Save it as UTF-8.", path, 1))
    if path.lower().endswith(".py"):
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError as fault:
            # It repeats what the file names.
            raise UnreadableError(Problem(str(fault.msg or fault)[:_SHOWN], "Save it as UTF-8.", path, 1)) from None
    if not _KNOWN.fullmatch(codecs.lookup(encoding).name):
        what = f"it is {encoding[:_SHOWN]}, which is not read"
        raise UnreadableError(Problem(what, "Save it as UTF-8.", path, 1))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise UnreadableError(Problem(f"it is not {fault.encoding}", "Save it as UTF-8.", path, line)) from None
