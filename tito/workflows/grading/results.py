"""Works become rulings: what was judged before is taken from the store, the rest is dealt out to the judges."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from tito.collection.besides import besides
from tito.collection.folders import Found, read, receipt
from tito.errors import UnreadableError
from tito.judging.plan import Plan, Ruling, Work
from tito.judging.pool import Judges
from tito.model.cell_output import CellOutput
from tito.model.coding import from_plain, to_plain
from tito.model.lazily import Lazily
from tito.model.outcome import Status
from tito.model.submission import Submission, digest_of

_RECENT: Final = 2_000


class Store(Protocol):
    """Where finished work is kept by key: a dict, or something that outlives this process."""

    def __setitem__(self, key: str, text: str, /) -> None: ...

    def get(self, key: str, /) -> str | None:
        """Return the text of a key."""


class Results(Lazily[Ruling]):
    """What each of `found` comes to, in their order: behind `judge`, they are read from the store when asked for.

    `work` makes of a place and a file what is to be judged, by default the file alone. What a class came to in this
    run need not be read again the first time; of a larger crowd, most does.
    """

    def __init__(
        self,
        plan: Plan,
        found: Sequence[Found],
        store: Store,
        work: Callable[[int, Work], Work] = lambda _, work: work,
    ) -> None:
        self.found = found
        self._plan = plan
        self._store = store
        self._work = work
        self._keys: list[str] = [""] * len(found)
        self._passing: dict[int, Ruling] = {}
        self._recent: dict[int, Ruling] = {}

    def __len__(self) -> int:
        return len(self.found)

    def one(self, place: int) -> Ruling:
        """Return the item at a place."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        kept = self._passing.get(place) or self._recent.pop(place, None) or _read(self._store.get(self._keys[place]))
        if kept is None:
            raise LookupError(f"the result of {self.found[place].student} is not in the store any more")
        # The same file may have been found elsewhere the last time.
        before, found = kept.submission, self.found[place]
        refusal = before.refusal.replace(before.path, found.path)
        return replace(kept, submission=replace(before, student=found.student, path=found.path, refusal=refusal))

    def judge(self, judges: Judges, *, afresh: bool = False) -> Iterator[Ruling]:
        """Judge what the store does not know yet, or all of it `afresh`, and give each ruling as it is there.

        Files are read one by one as judges get free, so that memory does not grow with a class.
        """
        unknown = []
        for place, found in enumerate(self.found):
            try:
                work = self._made(place)
            except UnreadableError as fault:
                yield self._put(place, "", Ruling(_refused(found, self._plan, fault)))
                continue
            kept = None if afresh else self._recall(place, key_of(self._plan, work))
            if kept:
                yield kept
            else:
                unknown.append(place)
        for work, ruling in judges.rulings(self._plan, self._works(unknown)):
            yield self._put(int(work.name), key_of(self._plan, work), ruling)

    def shown(self, place: int) -> tuple[CellOutput, ...]:
        """Return what the cells of one showed; nothing where nobody asked when it was judged."""
        if place in self._passing:
            return self._passing[place].shown
        text = self._store.get(f"{self._keys[place]} shown")
        try:
            return tuple(from_plain(CellOutput, each) for each in json.loads(text or "[]"))
        except (TypeError, ValueError, KeyError):
            return ()

    def _made(self, place: int) -> Work:
        found = self.found[place]
        files, notes = besides(found)
        # A group's work is judged as whoever handed it in: each member gets the same.
        student = found.by or found.student
        work = Work(str(place), student, found.path, read(found), receipt(found), besides=files, notes=notes)
        return self._work(place, work)

    def _works(self, places: Sequence[int]) -> Iterator[Work]:
        for place in places:
            try:
                yield self._made(place)
            except UnreadableError as fault:
                # It went away between two looks.
                self._put(place, "", Ruling(_refused(self.found[place], self._plan, fault)))

    def _put(self, place: int, key: str, ruling: Ruling) -> Ruling:
        """Keep a ruling: in the store where it lasts, else for this run alone."""
        if key and lasting(ruling):
            # By itself, for it may hold pictures: whoever wants a class's rulings holds none of them.
            if ruling.shown:
                self._store[f"{key} shown"] = json.dumps(to_plain(ruling.shown))
            ruling = replace(ruling, shown=())
            self._store[key] = json.dumps(to_plain(ruling))
            self._note(place, key, ruling)
        else:
            self._passing[place] = ruling
        return ruling

    def _recall(self, place: int, key: str) -> Ruling | None:
        """Return what the store has of an earlier run, and count it as this run's."""
        kept = _read(self._store.get(key))
        if kept:
            self._note(place, key, kept)
        return kept

    def _note(self, place: int, key: str, ruling: Ruling) -> None:
        self._keys[place] = key
        if len(self._recent) < _RECENT:
            self._recent[place] = ruling


def lasting(ruling: Ruling) -> bool:
    """Whether it would be the same the next time: what tito or the machine broke is tried again."""
    return not ruling.run or all(each.status is not Status.BROKEN for each in ruling.run.outcomes)


def key_of(plan: Plan, work: Work) -> str:
    """Return the key of a work's ruling: its file's bytes and name, what it stands on and, for seeds, its student."""
    own = [f"{each.name} {each.path} {digest_of(each.content)}" for each in work.own[: work.depth]]
    own += [f"{each.path} {digest_of(each.content)}" for each in work.besides] + [*work.notes]
    only = "" if work.only is None else json.dumps(sorted(work.only))
    content = digest_of(work.content or b"")
    own += [digest_of(work.receipt)] if work.receipt else []
    return digest(plan.edition, work.student, Path(work.path).name, content, str(work.depth), only, *own)


def digest(*parts: str) -> str:
    """Return a digest of texts that keeps them apart."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8) + content)
    return whole.hexdigest()


def _refused(found: Found, plan: Plan, fault: UnreadableError) -> Submission:
    """Return the refusal of what could not be read: the reason that it was found with, or the one at hand."""
    return Submission(found.student, plan.grader.module, found.path, None, refusal=found.refusal or str(fault))


def _read(text: str | None) -> Ruling | None:
    """Return what was kept, or None for a text that is not of this version."""
    if text is None:
        return None
    try:
        return from_plain(Ruling, json.loads(text))
    except (TypeError, ValueError, KeyError):
        return None
