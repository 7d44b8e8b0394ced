"""Feedback pages and the class page, out of templates that escape whatever they are given."""

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from tito.model.points import mean, percent, points, worth
from tito.report.cells import NOT_ASKED, RAN, SAYS
from tito.report.formats.explain import lines
from tito.report.formats.view import Part, Result, Row
from tito.report.html.charts import HEIGHT, WIDTH, histogram, shares, time_line
from tito.report.html.code import CodeCell, lines_of, shown
from tito.report.marks import marks
from tito.report.words import BESIDE, MARK, counted

if TYPE_CHECKING:
    from jinja2 import Environment

_HELP: Final = 60
_TONES: Final = {"passed": "good", "pending": "wait", "broken": "ours"}
_SIGNS: Final = {"passed": "✓", "pending": "…", "broken": "?"}


def student_page(result: Result, row: Row, cells: Sequence[CodeCell]) -> str:
    """Return one student's feedback; `cells` is the code as it was handed in, none where it cannot be shown."""
    where = marks(row.parts, lines_of(cells))
    places: dict[str, list[str]] = {}
    code = shown(cells, where)
    for cell in code:
        for line in cell.lines:
            for mark in line.marks:
                places.setdefault(mark.id, []).append(f"{cell.anchor}-{line.number}")
    told = [(at, part) for at, part in enumerate(row.parts, 1) if _told(part) and not row.refusal]
    seen = [each for cell in code for each in (cell.ran, cell.says) if each]
    own = {"result": result, "row": row, "code": code, "places": places, "explained": told}
    return render("student.html", pictured=any(each.pictures for each in seen), **own)


def class_page(result: Result, statistics: Mapping[str, Any]) -> str:
    """Return the class at a glance; it links each student's page by its name."""
    criteria = shares(statistics, result.rows)
    aside = {part.id for row in result.rows for part in row.parts if part.aside}
    lost = [each for each in criteria if each.share < 1 and each.id not in aside]
    return render(
        "class.html",
        result=result,
        statistics=statistics,
        chart=histogram(statistics["bins"]),
        line=time_line(result.rows),
        perfect=sum(row.final is not None and row.final >= row.possible for row in result.rows),
        criteria=criteria,
        beside={part.id for row in result.rows for part in row.parts if part.beside},
        mistakes=_mistakes(result.rows),
        hardest=sorted(lost, key=lambda each: each.share)[:5],
        help=sorted((row for row in result.rows if _needs_help(row)), key=lambda row: row.percent or Decimal(-1)),
    )


def page_name(student: str, name: str = "") -> str:
    """Return the name of a student's page: the id, and behind it the name, as far as they can name a file everywhere.

    An id of which something is lost has a digest behind it.
    """
    plain, called = _plain(student)[:60] or "student", _plain(name)[:40]
    parts = [plain, called] if called and called.casefold() != plain.casefold() else [plain]
    # Ids that differ in case or in odd characters must not share a file.
    if plain != student or not student.islower():
        parts.append(hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8])
    return f"{'-'.join(parts)}.html"


def _plain(text: str) -> str:
    """Return a text in letters that every file system takes, accents left out."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"_+", "_", re.sub(r"[^A-Za-z0-9._@-]", "_", bare)).strip("._")


def _needs_help(row: Row) -> bool:
    return row.percent is None or bool(row.refusal) or row.percent < _HELP


def render(template: str, *, pictured: bool = False, **values: Any) -> str:
    """Return a page of a template, with the one style that all have; a `pictured` one has pictures in it."""
    style = files("tito.report.html").joinpath("templates", "style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template(template).render(style=style, digest=digest, pictured=pictured, **values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - for pages alone

    made = Environment(
        loader=PackageLoader("tito.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    made.filters |= {
        "points": points,
        "worth": worth,
        "percent": percent,
        "mean": _mean,
        "signed": _signed,
        "page": page_name,
    }
    made.globals |= {
        "told": _told,
        "tone": _tone,
        "sign": _sign,
        "share": _share,
        "width": WIDTH,
        "height": HEIGHT,
        "mark": MARK,
        "counted": counted,
        "beside_told": BESIDE,
        "ran_told": RAN,
        "says_told": SAYS,
        "not_asked": NOT_ASKED,
    }
    return made


def _mistakes(rows: Sequence[Row]) -> list[tuple[tuple[str, str], int]]:
    """Return how many work as a known mistake does, by criterion, the most frequent first."""
    return Counter((part.title, part.mistake) for row in rows for part in row.parts if part.mistake).most_common()


def _told(part: Part) -> list[tuple[str, str]]:
    return list(lines(part))


def _tone(part: Part) -> str:
    return "wait" if part.manual and not part.passed else _TONES.get(part.status, "bad")


def _sign(part: Part) -> str:
    return "●" if part.manual and not (part.passed or part.pending) else _SIGNS.get(part.status, "✗")


def _share(part: Decimal | None, whole: Decimal) -> float:
    return round(min(max(float(part or 0) / float(whole), 0.0), 1.0), 4) if whole else 0.0


def _mean(value: float) -> str:
    return mean(Decimal(str(value)))


def _signed(value: Decimal) -> str:
    return f"\u2212{points(-value)}" if value < 0 else f"+{points(value)}"
