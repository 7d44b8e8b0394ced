"""A grader's strength for a terminal: criteria against mutants, free points, and what survives."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tito.audit.strength import Audit, CriterionStrength
from tito.audit.words import Mutant
from tito.model.points import percent, points
from tito.report.style import Style

_SHOWN = 5


def audit_report(
    audits: Sequence[Audit], *, survivors: bool, fail_under: int, check: bool, style: Style
) -> RenderableType:
    """Return the report on one grader or several; with `survivors`, every survivor with its diff.

    `check` means that nothing was recorded.
    """
    parts: list[RenderableType] = []
    for each in audits:
        parts += [*_module(each, survivors=survivors, fail_under=fail_under, style=style)]
        parts += [*_known(each, check=check), Text()]
    if len(audits) > 1:
        parts.append(_summary(audits, style))
    return Group(*parts)


def _module(audit: Audit, *, survivors: bool, fail_under: int, style: Style) -> Iterator[RenderableType]:
    yield Text(f"{audit.module}: {_killed(audit)}", style=f"bold {_colour(audit, fail_under)}")
    yield Text(style.say(_cost(audit)), style="dim")
    yield _criteria(audit, style)
    yield from (Text(style.say(each), style="yellow") for each in _free(audit))
    yield from (Text(style.say(f"passes for nobody's work: {each}"), style="yellow") for each in audit.fooled)
    if audit.broken:
        yield Text(f"{audit.broken} mutants could not be judged: tito or this machine failed", style="magenta")
    shown = audit.survivors if survivors else audit.survivors[:_SHOWN]
    if shown:
        yield Text(f"survivors in {shown[0].path.partition('[')[0]}:", style="bold")
    for each in shown:
        yield from _survivor(each, style, diff=survivors)
    if len(shown) < len(audit.survivors):
        yield Text(f"  and {len(audit.survivors) - len(shown)} more; --survivors shows all, with their diffs")


def _known(audit: Audit, *, check: bool) -> Iterator[Text]:
    if audit.known or audit.stale:
        states = ("recorded", "stale: run `tito audit`") if check else ("in step", "recorded anew")
        named = "1 known mistake" if audit.known == 1 else f"{audit.known} known mistakes"
        yield Text(f"{named}: {states[audit.stale]}", style="yellow" if check and audit.stale else "")


def _killed(audit: Audit) -> str:
    return f"{audit.killed} of {audit.mutants} mutants killed ({percent(audit.percent)} %)"


def _cost(audit: Audit) -> str:
    judged = audit.mutants + audit.equivalent + audit.broken
    each = f", {1000 * audit.seconds / judged:.0f} ms each" if judged else ""
    return f"{audit.equivalent} more are equivalent, says the rubric · {audit.seconds:.1f} s{each}"


def _criteria(audit: Audit, style: Style) -> Table:
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    table.add_column("criterion")
    whole = all(each.alone is not None for each in audit.criteria)
    for head in ("points", "killed", *(["alone"] if whole else []), "stub gets"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in audit.criteria:
        free = "yellow" if each in audit.free else ""
        killed = f"{each.killed}/{each.tested}" if each.tested else "none"
        cells = (points(each.points), killed, *([str(each.alone)] if whole else []), points(each.stub))
        table.add_row(Text(style.say(each.title)), *cells, style=free)
    return table


def _free(audit: Audit) -> Iterator[str]:
    for each in audit.free:
        yield f"free points: {_why(each)}"


def _why(each: CriterionStrength) -> str:
    worth = points(each.points)
    if each.stub:
        return f"the bare stub gets {points(each.stub)} of the {worth} of {each.title}"
    return f"no mutant loses the {worth} of {each.title}"


def _survivor(mutant: Mutant, style: Style, *, diff: bool) -> Iterator[RenderableType]:
    yield Padding(Text(style.say(f"{_place(mutant)}: {mutant.what}")), (0, 0, 0, 2), expand=False)
    yield Padding(Text(mutant.id, style="dim"), (0, 0, 0, 4), expand=False)
    if diff:
        for line in mutant.diff.splitlines()[2:]:
            colour = {"-": "red", "+": "green", "@": "cyan"}.get(line[:1], "")
            yield Padding(Text(style.say(line), style=colour), (0, 0, 0, 4), expand=False)


def _place(mutant: Mutant) -> str:
    cell = mutant.path.partition("[")[2].removesuffix("]")
    return ", ".join(part for part in (cell, f"line {mutant.line}", mutant.part) if part)


def _summary(audits: Sequence[Audit], style: Style) -> Table:
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    table.add_column("module")
    for head in ("mutants", "killed", "%", "equivalent", "seconds"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in audits:
        counts = (str(each.mutants), str(each.killed), percent(each.percent), str(each.equivalent))
        table.add_row(each.module, *counts, f"{each.seconds:.1f}")
    return table


def _colour(audit: Audit, fail_under: int) -> str:
    return "green" if audit.percent >= fail_under and not audit.free else "yellow"
