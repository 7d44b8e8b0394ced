"""The subjects of one submission: one runs its cells in their order, and a fresh one catches up where it ended."""

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from tito.errors import BrokenError, Problem
from tito.judging.judge.contract import Contract
from tito.judging.judge.failures import cell_note
from tito.judging.judge.faults import Raised, SubjectFault
from tito.judging.judge.launcher import Lender
from tito.judging.judge.session import Session
from tito.judging.plan import Seconds
from tito.model.grader import Grader
from tito.model.outcome import Status
from tito.model.submission import Code

# All loads of a submission together may take so many times what one may.
_LOADS: Final = 4
_ENDED: Final = {
    Status.TIMEOUT: "did not end",
    Status.CRASHED: "ended its process",
    Status.MEMORY: "took too much memory",
}


class Subjects:
    """Runs the cells `code` of a submission as the grader's module, up to wherever a test needs them.

    `homes` are the names of the grader's modules, whose objects a subject may be handed. `notes` tell of cells that
    raised, and of those that ended a subject: a fresh one goes on without them.
    """

    def __init__(
        self,
        lender: Lender,
        contract: Contract,
        homes: Collection[str],
        grader: Grader,
        code: Sequence[Code],
        seconds: Seconds,
        *,
        seed: int,
    ) -> None:
        self.code = code
        self.printed = ""
        self._lender = lender
        self._contract = contract
        self._homes = homes
        self._grader = grader
        self._seconds = seconds
        self._seed = seed
        self.session: Session | None = None
        self._ran = 0
        self._left = seconds.load
        self._total = seconds.load * _LOADS
        self._skipped: dict[int, str] = {}
        self._one_by_one = False
        self._hopeless = False
        self._notes: dict[int, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the cells that ran."""
        return tuple(note for _, note in sorted((self._notes | self._skipped).items()))

    @property
    def ended(self) -> Mapping[int, str]:
        """How cells ended a subject, by their places."""
        return {place: told.partition(": ")[2].partition(";")[0] for place, told in self._skipped.items()}

    def at(self, place: int, wanted: Collection[tuple[str, str]], fresh: Callable[[Session], None]) -> Session:
        """Return a session in which the first `place` cells have run, whose `fault` is set where they cannot be.

        `wanted` are the (module, name) that will be looked for first. `fresh` is called with each new session before
        any cell runs in it.
        """
        while True:
            session = self.session
            if session and self._hopeless:
                return session
            if session is None or session.fault or place < self._ran:
                session = self._open()
                fresh(session)
            if self._caught_up(session, place, wanted):
                return session

    def finish(self) -> None:
        """Run the cells behind the last test as well, for what there is to say of them."""
        session = self.session
        if session is None or session.fault or self._hopeless:
            return
        for number in range(self._ran, len(self.code)):
            if number not in self._skipped and not self._run(session, [number], ()):
                return

    def renew(self) -> None:
        """Let the next one be a fresh subject."""
        self.close()
        self.session = None

    def close(self) -> None:
        """End the subject at hand."""
        if self.session:
            self.session.close()

    def empty(self) -> Session:
        """Return a session in which nothing has run; close it."""
        return self._open()

    def _open(self) -> Session:
        self.close()
        session = Session(
            self._lender, self._lender.spawn(), self._contract, self._homes, records=self._grader.records
        )
        try:
            session.ready()
        except SubjectFault as fault:
            session.close()
            why = session.printed() or fault.message
            raise BrokenError(Problem(f"a subject did not start: {why}", "Run `tito doctor`.")) from None
        session.seed(self._seed)
        self.session, self._ran, self._left, self._notes = session, 0, self._seconds.load, {}
        return session

    def _caught_up(self, session: Session, place: int, wanted: Collection[tuple[str, str]]) -> bool:
        """Run the cells up to `place`; return whether that was possible, or cannot be tried any more."""
        pending = [number for number in range(self._ran, place) if number not in self._skipped]
        # Where a cell has ended a subject already, each runs by itself, so that the next one to do so is known.
        parts = [[number] for number in pending] if self._one_by_one else [pending]
        for part in parts:
            if part and not self._run(session, part, wanted if part[-1] == pending[-1] else ()):
                return self._total <= 0 or self._hopeless
        self._ran = place
        return True

    def _run(self, session: Session, numbers: Sequence[int], wanted: Collection[tuple[str, str]]) -> bool:
        """Run cells; return False where one of them ended the subject, which is noted if it is known which."""
        limit = min(self._left, max(self._total, 0.0))
        session.start(limit)
        try:
            for module, part in itertools.groupby(numbers, lambda number: self.code[number].module):
                places = list(part)
                cells = [(self.code[at].label, self.code[at].line, self.code[at].source) for at in places]
                main = self.code[places[0]].main and not module
                name, asked = module or self._grader.target, () if module else wanted
                for at, fault in session.run(name, cells, asked, main=main):
                    self._notes[places[at]] = self._told(fault, places[at])
        except SubjectFault as fault:
            if session.broken:
                raise session.broken from None
            self._spend(limit)
            self.printed = self.printed or session.printed()
            self._skip(numbers, fault)
            return False
        self._spend(limit - session.left())
        self.printed = session.printed() or self.printed
        return True

    def _spend(self, seconds: float) -> None:
        self._left -= seconds
        self._total -= seconds

    def _skip(self, numbers: Sequence[int], fault: SubjectFault) -> None:
        if len(numbers) == 1:
            cell = self.code[numbers[0]]
            # Without a cell of an earlier module, the module would be another one: the reference's, perhaps.
            self._hopeless = bool(cell.module)
            label = cell.label if "[cell" in cell.label else f"{cell.label}:{cell.line}"
            how = _ENDED.get(fault.status, fault.message)
            self._skipped[numbers[0]] = f"{label}: this cell {how}; what follows was tried without it"
        # Which one of several it was is found out one by one, in a fresh subject.
        self._one_by_one = True

    def _told(self, fault: Raised, number: int) -> str:
        return cell_note(fault, self.code[number].label, self.code)
