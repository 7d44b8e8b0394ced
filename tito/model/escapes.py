"""Characters that act or hide, made visible: the one list for what is shown, named, stored or written into a file."""

import re
from typing import Final

# Controls less tab and newline, bidi and other formats, separators, blank letters, tags, variation selectors beyond
# the first sixteen, surrogates, non-characters; and marks that are stacked on three others.
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    f"|(?<=[{_MARKS}]{{3}})[{_MARKS}]"
)


def escaped(text: str) -> str:
    r"""Return a text in which nothing acts or hides: such a character becomes `\x1b`, `\u202e` or the like.

    Tabs and newlines stay. What comes out can be encoded as UTF-8 and stand in XML.
    """
    return _ACTING.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:  # noqa: PLR2004 - Latin-1
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - the basic plane
