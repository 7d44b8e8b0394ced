"""Markdown for a GitHub job summary, which takes 1 MiB for a step and shows nothing of more."""

from dataclasses import replace
from typing import Final

from tito.report.formats import markdown
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row

_MOST: Final = 900_000
_PART: Final = 2_000


def write(result: Result, options: Options) -> str:
    """Return the class as Markdown, with shorter explanations, or none, where all would be too much."""
    text = markdown.write(result, options)
    if _fits(text):
        return text
    shorter = replace(result, rows=tuple(map(_shortened, result.rows)))
    text = markdown.write(shorter, options)
    if _fits(text):
        return text
    text = markdown.text(shorter, explained=False)
    if _fits(text):
        return text
    return f"{text[: _MOST // 4]}\n\n… and more than a job summary holds; the JSON has it all.\n"


def _fits(text: str) -> bool:
    return len(text.encode()) <= _MOST


def _shortened(row: Row) -> Row:
    return replace(row, notes=row.notes[:10], parts=tuple(map(_short, row.parts)))


def _short(part: Part) -> Part:
    tests = tuple(
        replace(each, message=each.message[:_PART], detail="", calls=each.calls[-1:], output="")
        for each in part.tests
    )
    return replace(part, tests=tests, comment=part.comment[:_PART])
