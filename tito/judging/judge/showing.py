"""What a submission's cells show, told behind its tests by a subject of its own: nothing said here earns points."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tito.judging.judge.faults import SubjectFault, raised
from tito.judging.judge.session import Session
from tito.judging.plan import WALL_FACTOR
from tito.model.cell_output import MOST_PICTURES, MOST_TEXT, CellOutput, png_size
from tito.model.submission import Code, Shows

# How many subjects may end over what they show, and what they may take for showing one cell, in seconds.
_TRIES: Final = 3
_LOOK: Final = 3.0
# What all cells together may show.
_TEXTS: Final = 128 << 10
_BYTES: Final = 1 << 20
_NAME: Final = 200
_MOST_COUNTED: Final = 1_000_000


class Showing:
    """Runs the cells `code` as module `target`, each followed by a look at what it shows, for `seconds` in all.

    `begin` starts a subject in which nothing has run. `ended` says of the cells that ended one before, by their
    places, how: these are left out. `shows` says which cells belong to which answer.
    """

    def __init__(
        self,
        begin: Callable[[], Session],
        target: str,
        code: Sequence[Code],
        seconds: float,
        ended: Mapping[int, str],
        shows: Sequence[Shows],
    ) -> None:
        self._begin = begin
        self._target = target
        self._code = code
        self._left = seconds
        self._ends = time.monotonic() + seconds * WALL_FACTOR
        self._ended = dict(ended)
        self._of: dict[tuple[str, int], list[str]] = {}
        for each in shows:
            self._of.setdefault((each.label, each.line), []).append(each.criterion)
        self._texts, self._bytes = _TEXTS, _BYTES
        self._at = 0

    def cells(self) -> Iterator[CellOutput]:
        """Give what each cell of the submission's own shows, in order, as far as it can be told."""
        for _ in range(_TRIES):
            session = self._begin()
            try:
                yield from self._shown(session)
            finally:
                session.close()
            if self._at >= len(self._code):
                return
        while self._at < len(self._code):
            yield from self._told(
                self._at, error="not run again: the cells before it took all time, or their process"
            )
            self._at += 1

    def _shown(self, session: Session) -> Iterator[CellOutput]:
        """Run all cells, and give what those show that have not been told of yet."""
        for place, cell in enumerate(self._code):
            found = None
            if place in self._ended:
                found = CellOutput("", error=self._ended[place])
            elif not self._out_of_time():
                found = self._ran(session, place, cell)
            if found is not None and place >= self._at:
                yield from self._told(place, found)
                self._at = place + 1
            if session.fault or found is None:
                return

    def _out_of_time(self) -> bool:
        return self._left <= 0 or time.monotonic() > self._ends

    def _ran(self, session: Session, place: int, cell: Code) -> CellOutput:
        """Run one cell and look at it, if nobody has; what ends the subject is noted of the cell."""
        session.start(self._left)
        begun, error = time.monotonic(), ""
        try:
            ran = [(cell.label, cell.line, cell.source)]
            main = cell.main and not cell.module
            for _, fault in session.run(cell.module or self._target, ran, main=main, showing=True):
                error = f"{fault.name}: {fault.text}".removesuffix(": ")
        except SubjectFault as fault:
            self._ended[place] = fault.message
            error = fault.message
        # The clock of a process that has ended says nothing any more.
        self._left = self._left - (time.monotonic() - begun) if session.fault else session.left()
        printed = session.printed()
        if place < self._at or cell.module or session.fault:
            return CellOutput("", text=printed, error=error)
        found = self._looked_at(session, error)
        return replace(found, text=printed + session.printed())

    def _looked_at(self, session: Session, error: str) -> CellOutput:
        session.start(_LOOK)
        value, count, pictures = "", 0, list[bytes]()
        try:
            value = _value(session)
            pictures, count = _pictures(session)
            self._left -= _LOOK - session.left()
        except SubjectFault as fault:
            error = error or f"what it ends in cannot be shown: {fault.message}"
            self._left -= _LOOK
        return CellOutput("", value=value, error=error, pictures=tuple(pictures), left_out=count - len(pictures))

    def _told(self, place: int, found: CellOutput | None = None, error: str = "") -> Iterator[CellOutput]:
        """Give what a cell of the submission's own shows, cut to what there is room for."""
        cell, found = self._code[place], found or CellOutput("", error=error)
        if cell.module:
            return
        pictures = [each for each in found.pictures if self._fits(each)]
        cut = {name: self._cut(getattr(found, name)) for name in ("text", "value", "error")}
        left_out = found.left_out + len(found.pictures) - len(pictures)
        of = tuple(self._of.get((cell.label, cell.line), ()))
        told = CellOutput(cell.label, cell.line, **cut, pictures=tuple(pictures), left_out=left_out, criteria=of)
        if of or not told.empty:
            yield told

    def _cut(self, text: str) -> str:
        kept = text[: min(self._texts, MOST_TEXT)]
        self._texts -= len(kept)
        return kept if len(kept) == len(text) else f"{kept}\n… {len(text) - len(kept):,} more characters are left out"

    def _fits(self, picture: bytes) -> bool:
        self._bytes -= len(picture)
        return self._bytes >= 0


def _value(session: Session) -> str:
    found = _asked(session, "value")
    if isinstance(found, _Not):
        return f"(this value cannot be shown: {found.why})"
    return found if type(found) is str else ""


def _pictures(session: Session) -> tuple[list[bytes], int]:
    """Return the pictures that are ones, and how many the subject says that there are."""
    answer = _asked(session, "pictures", MOST_PICTURES)
    if type(answer) is not tuple or [*map(type, answer)] != [list, int]:
        return [], 0
    told = [each for each in answer[0][:MOST_PICTURES] if type(each) is bytes and png_size(each)]
    return told, max(min(answer[1], _MOST_COUNTED), len(told))


class _Not:
    """What stands for an answer where the submission's code raised."""

    def __init__(self, why: str) -> None:
        self.why = why


def _asked(session: Session, do: str, *args: Any) -> Any:
    try:
        return session.request(do, *args)
    except Exception as fault:  # noqa: BLE001 - whatever its code raises, there is nothing to show
        told = raised(fault)
        return _Not((told.name if told else type(fault).__name__)[:_NAME])
