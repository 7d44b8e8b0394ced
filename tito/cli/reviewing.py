"""`tito review`: a person grades answers, key by key."""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import completing, console
from tito.cli.gradebooks import Author, Mine, Module, Place, Section, case_of, chosen, opened
from tito.cli.options import Json, here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tito.cli.keys import Keys
    from tito.model.course import Course
    from tito.workflows.book.review import Progress, Review


def review(
    module: Module,
    *,
    criterion: Annotated[str, typer.Option(help="This criterion alone.", autocompletion=completing.criteria)] = "",
    student: Annotated[str, typer.Option(help="This student's answers alone.")] = "",
    level: Annotated[str, typer.Option(help="Give this level to the answer of --student to --criterion.")] = "",
    points: Annotated[str, typer.Option(help="Give points of your own instead of a level.")] = "",
    comment: Annotated[str, typer.Option(help="Comment on the answer of --student to --criterion.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Answers that are marked already as well.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Show whose answers they are.")] = False,
    alike: Annotated[
        bool, typer.Option("--alike", help="List those who fail a criterion in the same way; see --group.")
    ] = False,
    group: Annotated[str, typer.Option(metavar="KEY", help="Give --comment to all of this group of --alike.")] = "",
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="DIR", help="Write a page for each answer, with what its cells showed."),
    ] = None,
    overview: Annotated[bool, typer.Option("--list", help="Say how many answers wait, and grade nothing.")] = False,
    section: Section = "",
    mine: Mine = False,
    author: Author = "",
    place: Place = "",
    json: Json = False,
) -> None:
    """Grade what a person must: one criterion over all students, anonymous, saved at once, whenever you like.

    Without a terminal, with --list or --json, it says what waits. --student, --criterion and --level grade one.
    """
    if alike or group:
        _alike(module, group, comment, author, place)
        return
    from tito.workflows.book import review as workflow
    from tito.workflows.book.finding import author as known

    among, book = chosen(place, section, mine=mine), opened(place)
    wanted = workflow.Wanted(module, criterion, student, again, among)
    given = workflow.Given(level, points, comment)
    if given != workflow.Given():
        console.warn(workflow.grade_one(here(), book, wanted, known(author), given))
    elif html:
        from tito.report.words import counted
        from tito.workflows.book.answers import write_answers

        paths = write_answers(workflow.start(here(), book, wanted, known(author)), html, names=names)
        console.warn(f"wrote {counted(len(paths) - 1, 'answer')}: {paths[0]}")
    elif overview or json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _overview(workflow.progress(here(), book, wanted), json=json)
    else:
        from tito.cli.keys import keys

        with keys() as reading:
            _Loop(workflow.start(here(), book, wanted, known(author)), reading, here(), names=names).run()


def _alike(module: str, group: str, comment: str, author: str, place: str) -> None:
    from tito.errors import Problem, UsageError
    from tito.workflows.book import stats as workflow

    if group:
        if not comment.strip():
            raise UsageError(Problem("--group is for a comment", "Write it with --comment."))
        console.warn(workflow.comment_alike(here(), opened(place), case_of("", module, author), group, comment))
        return
    from tito.report.stats import groups_lines

    groups = workflow.of_module(here(), opened(place), module).alike
    for line in groups_lines(groups, console.style()):
        console.show(line, width=160)
    if not groups:
        console.warn("no two students fail a criterion in the same way")


def _overview(rows: "Sequence[Progress]", *, json: bool) -> None:
    from tito.report.review import progress_report

    if json:
        from tito.cli import tables

        console.show_json(tables.to_json("review", rows))
    elif rows:
        cells = [(each.criterion, each.title, each.marked, each.waiting) for each in rows]
        console.show(progress_report(cells, console.style()))
    else:
        console.warn("no answer waits for a person")


class _Loop:
    """One answer after another: show it, take a key, do what it says."""

    def __init__(self, review: "Review", keys: "Keys", course: "Course", *, names: bool) -> None:
        self._review = review
        self._course = course
        self._keys = keys
        self._names = names
        self._said = ""

    def run(self) -> None:
        """Go through the answers until there is none, or the reviewer quits."""
        while self._review.item is not None:
            self._show()
            key = self._keys.key()
            if key in {"q", ""}:
                break
            self._act(key)
        left = self._review.left
        waits = "1 answer waits" if left == 1 else f"{left} answers wait"
        console.warn(f"{waits}: `tito review` goes on there" if left else "every answer is marked")

    def _show(self) -> None:
        from tito.report import label
        from tito.report.cells import cells_report
        from tito.report.review import Shown, answer_report
        from tito.workflows.book.review import levels

        item, out = self._review.item, console.out()
        if item is None:
            return
        out.clear()
        who = label(item.student, 60) if self._names else f"student {item.alias}"
        out.print(f"{who}: answer {self._review.place + 1} of {len(self._review.items)}, {self._review.left} to mark")
        out.print(self._said or " ", style="green")
        self._said = ""
        seen, style = self._review.seen(item), console.style()
        room = max(out.height - 14 - len(levels(item.criterion)), 8)
        showed = cells_report(seen, style, max(room // 3, 3))
        with out.capture() as drawn:
            out.print(showed)
        room = max(room - drawn.get().count("\n"), 5)
        criterion = replace(item.criterion, title=item.title)
        shown = Shown(criterion, item.answer.text, levels(item.criterion), item.mark, item.comment, showed)
        out.print(answer_report(shown, console.style(), room))

    def _act(self, key: str) -> None:
        match key:
            case "p":
                self._points()
            case "c":
                self._comment(self._keys.line("comment: "))
            case "r":
                self._reuse()
            case "n" | " " | "b":
                self._review.skip(-1 if key == "b" else 1)
            case "u":
                self._said = "undone" if self._review.undo() else "there is nothing to undo"
            case "w":
                self._whole()
            case "o":
                self._open()
            case "i":
                self._names = not self._names
            case _ if key.isdecimal():
                self._level(int(key))

    def _level(self, number: int) -> None:
        from tito.workflows.book.review import levels

        item = self._review.item
        known = levels(item.criterion) if item else ()
        if 1 <= number <= len(known):
            self._mark(known[number - 1].points, known[number - 1].name)

    def _points(self) -> None:
        from tito.errors import UsageError
        from tito.workflows.book.decide import earned

        item, text = self._review.item, self._keys.line("points: ")
        if item is None or not text:
            return
        try:
            self._mark(earned(text, item.criterion.points), "")
        except UsageError as fault:
            self._said = str(fault)

    def _mark(self, points: Decimal, level: str) -> None:
        other = self._review.mark(points, level)
        if other:
            self._said = (
                f"{other.author} marked this meanwhile: {other.level or other.points}; mark again to change it"
            )
        else:
            self._said = f"saved: {level or points}"

    def _comment(self, text: str) -> None:
        if text:
            self._review.comment(text)
            self._said = "comment saved"

    def _reuse(self) -> None:
        from tito.report.review import comments_report

        known = self._review.comments()[:9]
        if not known:
            self._said = "this criterion has no comment yet"
            return
        console.out().print(comments_report(known, console.style()))
        key = self._keys.key()
        if key.isdecimal() and 1 <= int(key) <= len(known):
            self._comment(known[int(key) - 1])

    def _open(self) -> None:
        from tito.cli.browsing import has_screen, open_page
        from tito.workflows.book.answers import answer_at_hand

        path = answer_at_hand(self._course, self._review, names=self._names)
        if path and has_screen():
            open_page(path)
        self._said = f"its page: {path}"

    def _whole(self) -> None:
        from tito.report.review import whole_report
        from tito.workflows.book.review import context

        if self._review.item:
            out = console.out()
            with out.pager():
                out.print(whole_report(context(self._review.item), console.style()))
