"""Untrusted text in Markdown: nothing in it becomes markup, a link, a mention or HTML."""

import html
import re
from typing import Final

_ACTIVE: Final = re.compile(r"([\\`*_\[\]<>|~#$!])")
_MENTION: Final = re.compile(r"@(?=\w)")
_ADDRESS: Final = re.compile(r"(?<=\w)(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_TICKS: Final = re.compile("`+")


def escaped(text: str) -> str:
    """Return a text as one line of prose."""
    text = _ACTIVE.sub(r"\\\1", " ".join(text.replace("&", "&amp;").split()))
    # An empty comment parts what would notify a person or become a link.
    return _ADDRESS.sub(r"<!-- -->\g<0>", _MENTION.sub("@<!-- -->", text))


def within_html(text: str) -> str:
    """Return a text as one line within HTML, where Markdown's backslashes say nothing."""
    return _MENTION.sub("@<!-- -->", html.escape(" ".join(text.split())))


def code(text: str) -> str:
    """Return a text as a code span that also holds in a table; "" for none."""
    text = " ".join(text.split()).replace("|", "\\|")
    if not text:
        return ""
    ticks = "`" * (_longest(text) + 1)
    edge = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


def block(text: str) -> str:
    """Return a text as a fenced block that nothing in it can close."""
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
