"""The locked test module: the instructor's tests, with what they need, as one ordinary pytest module of blocks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from tito.errors import CourseError, Problem
from tito.locking.anchors import unanchored
from tito.locking.layout import Layout
from tito.locking.names import Move, trace
from tito.locking.parts import parts
from tito.model.course import Unmarked
from tito.model.document import Document
from tito.model.grader import Block, NameSource
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Generated:
    """A grader's test module: its text, its blocks, where its names come from, and notes for its author.

    `unanchored` are the checks of test cells that rest on the submission's word alone, as path:line, by grade_id;
    `places` are path:line of the test functions in the source. `cells` says for each block the how many-th code cell
    of the source it is of, from 0 on: a `Move` counts in these. `records` are given classes whose objects cross by
    value.
    """

    text: str
    blocks: tuple[Block, ...]
    names: tuple[NameSource, ...]
    notes: tuple[str, ...] = ()
    unanchored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[int, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a course says of all its modules: its own packages, and what solution cells without markers are."""

    packages: tuple[str, ...] = ()
    unmarked: Unmarked = ""


def generate(
    document: Document,
    module: str,
    target: str,
    *,
    public: bool = False,
    rules: Rules | None = None,
    moved: Mapping[str, Move] = MappingProxyType({}),
    contract: Mapping[str, str] = MappingProxyType({}),
) -> Generated:
    """Return the pytest module that holds a document's locked tests.

    `target` is the dotted name of the module that a submission becomes: the submission's names are imported from it.
    With `public`, hidden tests are left out. `rules` are the course's, `moved` names that a trial has found to be the
    submission's, `contract` the kinds of the reference's answers. Raises CourseError for what cannot be locked.
    """
    rules = rules or Rules()
    edition = "public edition" if public else "full edition"
    title = f'"""Locked tests of {module}, {edition}. Made by `tito lock`; a change by hand is refused."""'
    found, notes = parts(document, public=public, unmarked=rules.unmarked)
    try:
        traced = trace(found, {target.partition(".")[0], *rules.packages} - {""}, moved)
        layout = Layout(found, traced)
        _refuse_repeats(document, layout)
        written = layout.write(title, target)
        alone = unanchored(found, traced, contract)
    except RecursionError:
        raise CourseError(Problem("a statement nests too deeply", "Write it in steps.", document.path)) from None
    places = dict(layout.places())
    return Generated(written.text, written.blocks, written.names, notes, alone, places, written.cells, traced.records)


def grader_module(document: Document, module: str, target: str, *, public: bool = False) -> str:
    """Return the text of the pytest module that holds a document's locked tests; see `generate`."""
    return generate(document, module, target, public=public).text


def _refuse_repeats(document: Document, layout: Layout) -> None:
    bound = Counter(layout.bindings())
    for name, place in layout.places():
        if bound[name] > 1:
            what = f"the test {name} is defined twice, so that only the last one would run"
            path, _, line = place.rpartition(":")
            raise CourseError(Problem(what, "Give each test its own name.", path or document.path, int(line)))
