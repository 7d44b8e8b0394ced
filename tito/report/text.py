"""Untrusted text, made safe to show: on terminals, in spreadsheets, and in the logs of CI runners that obey lines.

`safe` is for texts, `one_line` for sentences, `label` for ids and paths. HTML and XML writers escape their own signs
(Jinja's autoescape does) and take `escaped` for the characters that no such format may hold.
"""

import re
from typing import Final

from tito.model.escapes import escaped

__all__ = ["csv_cell", "csv_text", "escaped", "inert", "json_text", "label", "one_line", "safe", "unobeyed"]
# GitHub obeys `::` where a line begins, and `##[` anywhere in it; so do Azure (`##vso[`) and TeamCity.
_COMMAND: Final = re.compile(r"(?<!\S)(?=::)|(?<=#)(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)
_FOLDED: Final = re.compile(r"^((?:[^\S\n]|\x1b\[[\d;]*m)*)(?=::)", re.MULTILINE)
_JSON: Final = re.compile(r"(?<=#)#(?=\[|vso\[|teamcity\[)", re.IGNORECASE)
# OWASP, "CSV injection": these begin a formula, as their full-width forms do; blanks before them are no protection.
_FORMULA: Final = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\n']")


def safe(text: str, limit: int = 4_000) -> str:
    """Return text in which nothing acts: control and bidi characters become visible escapes.

    Newlines stay and tabs become spaces. What a CI runner would take for a command (`::error`, `##[group]`) is broken
    by a backslash. Longer text than `limit` is cut, with a word.
    """
    if len(text) > limit:
        more = len(text) - limit
        text = f"{text[:limit]} … ({more:,} more character{'s' if more > 1 else ''})"
    return inert(text.replace("\r\n", "\n")).expandtabs(4)


def inert(text: str) -> str:
    """Return text in which nothing acts on a terminal or in a log; done twice, it is as done once."""
    return _COMMAND.sub("\\\\", escaped(text))


def one_line(text: str, limit: int = 200) -> str:
    """Return the first line of untrusted text, made safe."""
    lines = text.strip().splitlines() or [""]
    return safe(lines[0], limit)


def label(text: str, limit: int = 200) -> str:
    """Return an id or a path, made safe: one line that shows all of it, its newlines and tabs as escapes."""
    return safe(text.replace("\n", "\\n").replace("\t", "\\t"), limit)


def unobeyed(drawn: str) -> str:
    """Return drawn text in which no line begins with a CI runner's `::`, wherever a long line was folded."""
    return _FOLDED.sub(r"\1\\", drawn)


def json_text(text: str) -> str:
    """Return a JSON document that means the same and holds no command that a CI runner would find within a line."""
    return _JSON.sub(r"\\u0023", text)


def csv_cell(text: str) -> str:
    """Return untrusted text as a CSV cell that no spreadsheet takes for a formula; `csv_text` takes it back.

    A text that would begin one gets an apostrophe before it, as does a text with an apostrophe there already.
    Quotes and separators are the csv module's to write.
    """
    text = escaped(text)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_text(cell: str) -> str:
    """Return the text that `csv_cell` wrote as a cell."""
    return cell.removeprefix("'")
