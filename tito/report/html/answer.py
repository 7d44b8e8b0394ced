"""An answer that a person grades, as one page: what was written, what it showed, and what it can be given."""

from collections.abc import Mapping, Sequence

from tito.model.cell_output import Seen
from tito.model.rubric import Criterion, Level
from tito.report.cells import cell_view
from tito.report.html.code import coloured
from tito.report.html.pages import render
from tito.report.text import label, one_line, safe


def answer_page(who: str, criterion: Criterion, levels: Sequence[Level], text: str, seen: Seen, tool: str) -> str:
    """Return the page of one answer, its text and what its cells showed."""
    ran, says = ([cell_view(each) for each in some] for some in (seen.ran, seen.says))
    return render(
        "answer.html",
        pictured=any(each.pictures for each in (*ran, *says)),
        result={"graded_at": "", "tool": tool},
        who=label(who, 120),
        criterion=criterion,
        levels=levels,
        lines=coloured(safe(text, 64_000)),
        ran=ran,
        says=says,
        asked=seen.asked,
    )


def answers_page(module: str, groups: Mapping[str, Sequence[tuple[str, str, bool]]], tool: str) -> str:
    """Return the page that links answers: by the title of their criterion, whose, where, and whether it is marked."""
    shown = {
        one_line(title): [(label(who, 120), name, marked) for who, name, marked in rows]
        for title, rows in groups.items()
    }
    return render("answers.html", result={"graded_at": "", "tool": tool}, module=label(module), groups=shown)
