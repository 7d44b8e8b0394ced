"""Untrusted text, made safe to show: on terminals, and in the logs of CI runners that obey lines."""

import re
from typing import Final

_SHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_COMMAND: Final = re.compile(r"^(\s*)(::|##\[)", re.MULTILINE)


def safe(text: str, limit: int = 4_000) -> str:
    """Return text in which nothing acts: control and bidi characters become visible escapes.

    Newlines stay and tabs become spaces. A line that a CI runner would take for a command (`::error`, `##[group]`)
    is broken by a backslash. Longer text than `limit` is cut, with a word.
    """
    if len(text) > limit:
        text = f"{text[:limit]} … ({len(text) - limit:,} more characters)"
    text = _SHOWN.sub(_escaped, text.replace("\r\n", "\n").expandtabs(4))
    return _COMMAND.sub(r"\1\\\2", text)


def one_line(text: str, limit: int = 200) -> str:
    """Return the first line of untrusted text, made safe."""
    lines = text.strip().splitlines() or [""]
    return safe(lines[0], limit)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:  # noqa: PLR2004 - Latin-1
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - the basic plane
