"""Answers that a person grades as pages, pictures included, which no terminal shows."""

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from tito.gradebook.manual import Item
from tito.model.cell_output import Seen
from tito.model.course import Course
from tito.report.html import answer_page, answers_page, page_name
from tito.workflows.book.review import Review, levels
from tito.workflows.course.opening import own_folder, write_text


def answer_at_hand(course: Course, review: Review, *, names: bool) -> Path | None:
    """Write the page of the answer at hand into the course's own folder; return its path."""
    if review.item is None:
        return None
    path = own_folder(course) / "review" / "answer.html"
    write_text(path, _page(review.item, review.seen(review.item), names=names))
    return path


def write_answers(review: Review, out: Path, *, names: bool) -> tuple[Path, ...]:
    """Write a page for each answer of a review below `out`, and one that links them; return their paths, it first."""
    rows: list[tuple[Item, str, str]] = []
    for item in review.items:
        name = f"{item.criterion.id}/{page_name(_who(item, names=names))}"
        write_text(out / name, _page(item, review.seen(item), names=names))
        rows.append((item, _who(item, names=names), name))
    index = out / "index.html"
    write_text(index, _index(rows))
    return (index, *(out / name for _, _, name in rows))


def _page(item: Item, seen: Seen, *, names: bool) -> str:
    own = (_who(item, names=names), item.criterion, levels(item.criterion), item.answer.text)
    return answer_page(*own, seen, _tool())


def _index(rows: Sequence[tuple[Item, str, str]]) -> str:
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for item, who, name in rows:
        groups.setdefault(item.criterion.title, []).append((who, name, item.mark is not None))
    return answers_page(rows[0][0].module if rows else "", groups, _tool())


def _who(item: Item, *, names: bool) -> str:
    return item.student if names else f"student {item.alias}"


def _tool() -> str:
    return f"tito {metadata.version('tito-autograder')}"
