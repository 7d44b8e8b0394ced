"""Commands for a student on the way: where one is, a hint, what a word means."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, here
from tito.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from tito.report import Style
    from tito.workflows.student.check import CheckResult, Task
    from tito.workflows.student.hint import Hint
    from tito.workflows.student.steps import Standing
    from tito.workflows.student.submit import Submitted

_BAR = 12


def home() -> bool:
    """Show where one is in a student's workspace; return whether this folder belongs to one."""
    from tito.errors import UsageError
    from tito.workflows.student.steps import standings, steps
    from tito.workflows.student.stubs import is_workspace

    try:
        course = here()
    except UsageError:
        return False
    if not is_workspace(course):
        return False
    found = standings(course)
    console.show(standing_table(found, console.style()))
    say_steps(steps(found))
    return True


def say_steps(steps: "Sequence[str]") -> None:
    """Print what to do next, below a result."""
    from rich.text import Text

    style = console.style()
    for step in steps:
        console.show(Text(style.say(f"next: {step}"), style="bold"))


def hint(
    work: Annotated[str, typer.Argument(metavar="[MODULE|FILE]", help="The module edited last by default.")] = "",
    *,
    only: Annotated[str, typer.Option("-k", metavar="TEXT", help="Only criteria whose id or title holds TEXT.")] = "",
    json: Json = False,
) -> None:
    """Give a hint for what does not pass first, and one more each time."""
    from tito.workflows.student.hint import hint as workflow

    course = here()

    def judge(task: "Task") -> "CheckResult":
        from tito.workflows.grading.judges import start_pool
        from tito.workflows.student.check import judged

        with start_pool(course, 1) as pool:
            return judged(course, task, pool)

    found = workflow(course, work, Path.cwd(), judge, only=only)
    if json:
        from tito.cli import tables

        console.show_json(tables.to_json("hint", [found]))
    else:
        console.show(hint_report(found, console.style()))


def submit(
    work: Annotated[str, typer.Argument(metavar="[MODULE|FILE]", help="The module edited last by default.")] = "",
    *,
    anyway: Annotated[bool, typer.Option("--anyway", help="Pack a file that is not Python yet, too.")] = False,
    json: Json = False,
) -> None:
    """Check a lesson and pack it as one file to upload, with a receipt."""
    from datetime import UTC, datetime

    from tito.report import syntax_report
    from tito.workflows.student.submit import packable
    from tito.workflows.student.submit import submit as workflow

    course = here()
    task = packable(course, work, Path.cwd())
    if task.syntax and not anyway:
        console.show(syntax_report(task.syntax, style=console.style(), own=task.own))
        console.warn("nothing was packed; --anyway packs it as it is")
        raise typer.Exit(Exit.NO)
    from tito.workflows.grading.judges import start_pool

    with start_pool(course, 1) as pool:
        done = workflow(course, task, pool, datetime.now(UTC), Path.cwd())
    if json:
        from tito.cli import tables

        told = {"path": done.path, "receipt_path": done.receipt_path, "receipt": done.receipt}
        console.show_json(tables.to_json("submit", [told]))
    else:
        console.show(submitted(done, console.style()))


def submitted(done: "Submitted", style: "Style") -> "RenderableType":
    """Say what was packed, and what its receipt says."""
    from rich.console import Group
    from rich.text import Text

    from tito.report import safe

    own, receipt = done.check.own, done.receipt
    saved = f", saved {own.saved:%Y-%m-%d %H:%M:%S}" if own.saved else ""
    lines = [
        f"packed: {own.path}{saved}",
        f"public points: {receipt.public}",
        f"digest: {receipt.sha256}",
        f"time: {receipt.at}",
    ]
    head = Text(style.say(f"upload this file: {safe(done.path)}"), style="bold")
    foot = Text(style.say(f"keep its receipt: {safe(done.receipt_path)}"))
    return Group(*(Text(style.say(safe(line))) for line in lines), head, foot)


def explain(
    word: Annotated[str, typer.Argument(metavar="[WORD]", help="An outcome or a message, such as contract.")] = "",
) -> None:
    """Say what an outcome or a message means, and what to do about it."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from tito.report.explanations import explanations, meaning

    style = console.style()
    if not word:
        console.show(Text(style.say(f"`tito explain WORD`, where WORD is one of: {', '.join(explanations())}")))
        return
    name, text = meaning(word)
    told = " ".join(text.splitlines()).replace(". ", ".\n")
    console.show(Group(Text(name, style="bold"), Padding(Text(style.say(told)), (0, 0, 0, 2), expand=False)))


def hint_report(found: "Hint", style: "Style") -> "RenderableType":
    """Return a hint with its number, and how to ask for the next one."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    if not found.title:
        return Text(style.say(f"{found.module}: every visible test passes, there is nothing to give a hint for"))
    head = Text(style.say(f"{found.title}: hint {found.number} of {found.count}"), style="bold")
    if not found.count:
        return Text(style.say(f"{found.title}: there is no hint. What is tested: {found.tests}"))
    last = "that is all; `tito check` shows values, the call and your line"
    more = "ask again for the next one" if found.number < found.count else last
    body = Padding(Text(style.say(found.text), style="cyan"), (0, 0, 0, 2), expand=False)
    return Group(head, body, Text(style.say(f"({more})"), style="dim"))


def standing_table(found: "Sequence[Standing]", style: "Style") -> "RenderableType":
    """Return the modules with their points at the last check, and how far they are."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from tito.model.points import points
    from tito.report import label

    if style.plain:
        return Group(*(Text(style.say(_sentence(each))) for each in found), Text(style.say(_whole(found))))
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    for head in ("module", "points", "", "state"):
        table.add_column(head, justify="right" if head == "points" else "left", overflow="fold", no_wrap=head == "")
    colours = {"complete": "green", "changed since": "yellow", "in progress": "cyan"}
    for each in found:
        progress = each.progress
        earned = "-" if each.sure is None else points(each.sure)
        state = Text(style.say(_state(each)), style=colours.get(progress.state, ""))
        table.add_row(label(progress.module), f"{earned}/{points(each.total)}", _bar(each, style), state)
    return Group(table, Text(), Text(style.say(_whole(found)), style="bold"))


def _whole(found: "Sequence[Standing]") -> str:
    from tito.model.points import points

    done = sum(each.progress.state == "complete" for each in found)
    sure = sum((each.sure for each in found if each.sure is not None), Decimal(0))
    total = sum((each.total for each in found), Decimal(0))
    left = sum((each.open for each in found if each.sure is not None), Decimal(0))
    more = f", {points(left)} more are open until hidden tests ran" if left else ""
    return f"{done} of {len(found)} modules complete, {points(sure)} of {points(total)} points{more}"


def _state(each: "Standing") -> str:
    progress = each.progress
    told = f"{progress.state} {progress.at[:10]}".strip()
    told = f"{told}: {progress.why}" if progress.why else told
    return f"{told}, edited since its check" if each.edited and not progress.why else told


def _sentence(each: "Standing") -> str:
    from tito.model.points import points

    earned = "never checked" if each.sure is None else f"{points(each.sure)} of {points(each.total)} points"
    return f"{each.progress.module}: {_state(each)}; {earned}."


def _bar(each: "Standing", style: "Style") -> str:
    share = float(each.sure / each.total) if each.sure and each.total else 0.0
    return style.bar(share, _BAR)
