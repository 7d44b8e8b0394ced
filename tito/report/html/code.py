"""A submission's code, line by line: coloured, numbered as in an editor, and marked where tests failed."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from tito.model.cell_output import CellOutput
from tito.records import dataclass
from tito.report.cells import CellView, cell_view
from tito.report.marks import Line, Mark
from tito.report.text import escaped

# Colours are worth no second of a lexer's time.
_COLOURED: Final = 200_000


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell of a submission: `path` and `line` say where it begins, as frames do.

    `ran` is what it showed when tito ran it, `says` what the file says otherwise, where a person is to see them.
    """

    path: str
    line: int
    source: str
    ran: CellOutput | None = None
    says: CellOutput | None = None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line as a page shows it."""

    number: int
    html: Markup
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell as a page shows it; `anchor` begins the ids of its lines."""

    path: str
    anchor: str
    lines: tuple[ShownLine, ...]
    ran: CellView | None = None
    says: CellView | None = None

    @property
    def marked(self) -> bool:
        """Whether a test failed in it."""
        return any(each.marks for each in self.lines)


def lines_of(cells: Sequence[CodeCell]) -> list[Line]:
    """Return the lines of all cells, as plain text."""
    return [
        Line(cell.path, cell.line + place, text)
        for cell in cells
        for place, text in enumerate(cell.source.split("\n"))
    ]


def shown(cells: Sequence[CodeCell], marks: Mapping[tuple[str, int], tuple[Mark, ...]]) -> tuple[ShownCell, ...]:
    """Return cells ready to be shown."""
    return tuple(
        ShownCell(
            cell.path,
            f"c{number}",
            tuple(
                ShownLine(cell.line + place, html, marks.get((cell.path, cell.line + place), ()))
                for place, html in enumerate(coloured(cell.source))
            ),
            cell_view(cell.ran) if cell.ran and not cell.ran.empty else None,
            cell_view(cell.says) if cell.says else None,
        )
        for number, cell in enumerate(cells, 1)
        if cell.source.strip()
    )


def coloured(source: str) -> list[Markup]:
    """Return code as lines of HTML, each token in its colour."""
    text = escaped(source).expandtabs(4)
    if len(text) > _COLOURED:
        return [Markup.escape(line) for line in text.split("\n")]
    from pygments import highlight  # noqa: PLC0415 - for pages alone
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import PythonLexer  # noqa: PLC0415

    lexer = PythonLexer(stripnl=False, ensurenl=False)
    # Pygments escapes the text of each token.
    html = highlight(text, lexer, HtmlFormatter(nowrap=True))
    return [Markup(line) for line in html.split("\n")][: text.count("\n") + 1]  # noqa: S704 - Pygments has escaped it
