"""Markdown to read: one student's report, or a class as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tito.model.points import percent, points
from tito.report.formats.explain import beside, lines
from tito.report.formats.markup import block, code, escaped, within_html
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row
from tito.report.words import BESIDE, MARK, counted


def write(result: Result, _options: Options) -> str:
    """Return the class as Markdown; of a single student, the whole report."""
    return text(result)


def text(result: Result, *, explained: bool = True) -> str:
    """Return the class as Markdown, a single student's with its explanations where they are wanted."""
    head = f"# {escaped(result.title)}"
    body = _student(result.rows[0], explained=explained) if len(result.rows) == 1 else _class(result)
    return "\n\n".join([head, *body]) + "\n"


def total(row: Row) -> str:
    """Return a grade in words."""
    if row.final is None or row.percent is None:
        return "Not graded: tito or the machine failed, which is no fault of yours. Tell your instructor."
    shown = f"{points(row.final)} of {points(row.possible)} points ({percent(row.percent)} %)"
    return shown if row.complete else f"{shown}, incomplete: a person has yet to grade a part"


def _class(result: Result) -> Iterator[str]:
    yield f"{counted(len(result.rows), 'submission')} of {code(result.module)}, {points(result.points)} points."
    lines = ["| student | points | % | status |", "|---|--:|--:|---|"]
    for row in result.rows:
        final = "?" if row.final is None else points(row.final)
        share = "?" if row.percent is None else percent(row.percent)
        lines.append(f"| {code(row.student)} | {final} | {share} | {row.status} |")
    yield "\n".join(lines)
    noted = [(row, each) for row in result.rows for each in (row.refusal, *beside(row)) if each]
    if noted:
        yield "\n".join(f"- {code(row.student)}: {code(each)}" for row, each in noted)
    mistakes = Counter((part.title, part.mistake) for row in result.rows for part in row.parts if part.mistake)
    if mistakes:
        yield "\n".join(
            f"- {escaped(title)}, known mistake: {escaped(told)} ({count} of {len(result.rows)})"
            for (title, told), count in mistakes.most_common()
        )
    yield from _marked(part for row in result.rows for part in row.parts)


def _student(row: Row, *, explained: bool) -> Iterator[str]:
    yield f"**{escaped(total(row))}**" + (f" · {code(row.student)}" if row.student else "")
    if row.refusal:
        yield f"Your submission could not be read:\n\n{block(row.refusal)}"
        return
    table = ["| | criterion | points |", "|---|---|--:|", *(_line(each) for each in row.parts)]
    yield "\n".join(table)
    yield from _marked(row.parts)
    aside = beside(row)
    if aside:
        yield "\n".join(f"- {code(each)}" for each in aside)
    for part in row.parts:
        if explained and (not part.passed or part.comment or part.override or part.beside):
            yield from _explained(part)


def _line(part: Part) -> str:
    return f"| {_sign(part)} {escaped(part.word)} | {escaped(part.heading)} | {_worth(part)} |"


def _marked(parts: Iterable[Part]) -> Iterator[str]:
    titles = dict.fromkeys(each.title for each in parts if each.beside)
    if titles:
        yield f"{MARK} {', '.join(map(escaped, titles))}: {BESIDE}"


def _worth(part: Part) -> str:
    return f"{'?' if part.earned is None else points(part.earned)}/{points(part.points)}"


def _sign(part: Part) -> str:
    return "✓" if part.passed else "?" if part.earned is None else "●" if part.manual else "✗"


def _explained(part: Part) -> Iterator[str]:
    told = list(lines(part))
    prose = {"tested", "hint", "mistake", "beside"}
    body = "\n".join(f"{label}: {text}" if label else text for label, text in told if label not in prose)
    head = f"{_sign(part)} {part.title}: {part.word}, {_worth(part)}"
    yield f"<details><summary>{within_html(head)}</summary>"
    yield from (escaped(text) for label, text in told if label == "tested")
    if body:
        yield block(body)
    yield from (f"**Known mistake:** {escaped(text)}" for label, text in told if label == "mistake")
    yield from (f"**Hint:** {escaped(text)}" for label, text in told if label == "hint")
    yield from (f"{MARK} {text}" for label, text in told if label == "beside")
    yield "</details>"
