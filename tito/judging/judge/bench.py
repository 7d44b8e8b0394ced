"""The judging of one submission: every locked test at its place, and what each of them says."""

import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import numpy as np

from tito.errors import BrokenError
from tito.judging.judge.beside import removed
from tito.judging.judge.bounds import bounded
from tito.judging.judge.contract import Contract
from tito.judging.judge.credit import credit_of
from tito.judging.judge.failures import explain, of_fault
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.guarding import guarded
from tito.judging.judge.items import ItemRunner, is_plain
from tito.judging.judge.launcher import Lender
from tito.judging.judge.sameness import alike
from tito.judging.judge.script import Script, scripts
from tito.judging.judge.session import Session
from tito.judging.judge.showing import Showing
from tito.judging.judge.structure import Structure
from tito.judging.judge.subjects import Subjects
from tito.judging.judge.surroundings import Surroundings
from tito.judging.judge.template import Program, Template, Test
from tito.judging.judge.witness import Distortion, Witness, fits
from tito.judging.plan import Plan, Trial, seed_for
from tito.model.cell_output import CellOutput
from tito.model.outcome import Failure, Outcome, Status
from tito.model.submission import Submission

# Text of a submission's that its outcomes hold together.
_MOST_OUTPUT: Final = 1 << 18
_TRIES: Final = 2


class Bench:
    """Judges one submission with a template's tests; use it once, and close it."""

    def __init__(
        self,
        plan: Plan,
        template: Template,
        lender: Lender,
        submission: Submission,
        contract: Contract,
        trial: Trial | None = None,
    ) -> None:
        self._plan = plan
        self._template = template
        self._submission = submission
        self._contract = contract
        self._trial = trial
        self._lender = lender
        self._scripts = scripts(template, plan.grader)
        self._runner = ItemRunner()
        self._subjects = self._new_subjects()
        template.plugin.desk = self
        self._ran: set[str] = set()
        self._space = _MOST_OUTPUT

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the submission's cells that ran."""
        return self._subjects.notes

    def outcomes(self, tests: Sequence[Test], begin: Callable[[Test], None]) -> Iterator[Outcome]:
        """Judge by `tests`, each at its place in the submission, and give their outcomes in that order.

        `begin` is told of each test before anything is done for it.
        """
        begun = time.monotonic()
        self._template.collection.config.pluginmanager.register(self._runner)
        ordered = self._in_order(tests)
        for number, test in enumerate(ordered, 1):
            if time.monotonic() - begun > self._plan.seconds.submission:
                yield _out_of_time(test, self._plan.seconds.submission)
                continue
            begin(test)
            yield self._outcome(test, next((each for each in ordered[number:] if not is_plain(each.item)), None))
        if not self._trial:
            self._subjects.finish()

    def shown(self) -> Iterator[CellOutput]:
        """Give what the cells show, which a subject of its own is asked for: use it behind the outcomes."""
        begin, plan, given = self._new_subjects().empty, self._plan, self._submission
        ended = self._subjects.ended
        yield from Showing(begin, plan.grader.target, given.code, plan.seconds.load, ended, given.shows).cells()

    def stand(self, test: Test, seconds: float) -> None:
        """Bring everything to where a test can run, by whomever, and give the subject `seconds` for it."""
        session = self._at(test)
        if session.fault:
            raise session.fault
        session.start(seconds)
        self._script(test).reach(test)

    def close(self) -> None:
        """End the subject at hand."""
        self._subjects.close()

    # What fixtures ask.

    def program(self, stdin: str, args: Sequence[str]) -> Program:
        """Run the whole submission as a script, in a subject of its own. Raises SubjectFault where it never ends."""
        session = self._new_subjects().empty()
        cells = tuple((cell.label, cell.line, cell.source) for cell in self._submission.code if not cell.module)
        try:
            session.start(self._plan.seconds.load)
            code = session.request("program", cells, stdin, tuple(args))
            return Program(session.printed(), code if isinstance(code, int) else 1)
        finally:
            session.close()

    def uses(self, function: Any, what: str) -> bool:
        """Return what a function is built of, by the text that was handed in."""
        name = function if isinstance(function, str) else getattr(function, "__qualname__", str(function))
        return Structure(cell.source for cell in self._submission.code if not cell.module).uses(name, what)

    # The order of things.

    def _in_order(self, tests: Sequence[Test]) -> list[Test]:
        """Return the tests in the order of their places; what runs beside the submission comes last."""
        return sorted(tests, key=lambda test: (self._beside(test), self._place(test)))

    def _beside(self, test: Test) -> bool:
        return test.locked.name in self._plan.beside

    def _place(self, test: Test) -> int:
        return self._script(test).place(test, self._submission)

    def _script(self, test: Test) -> Script:
        return self._scripts[test.path]

    def _at(self, test: Test) -> Session:
        return self._subjects.at(self._place(test), self._script(test).wanted(test), self._began)

    def _began(self, session: Session) -> None:
        """Take a subject as the one whose names the tests see; nothing of another one is left set up."""
        self._template.collection._setupstate.teardown_exact(None)  # noqa: SLF001 - pytest has no other way
        self._template.names.bind(session)
        self._ran = set()
        for script in self._scripts.values():
            script.restart()

    # One test.

    def _outcome(self, test: Test, following: Test | None) -> Outcome:
        """Judge by one test; what dies with the process that starts subjects is tried once more."""
        lost = ""
        for _ in range(_TRIES):
            try:
                return self._decided(test, following)
            except BrokenError as fault:
                lost = str(fault)
        return Outcome(test.locked.grade_id, test.locked.name, Status.BROKEN, failure=Failure(lost))

    def _decided(self, test: Test, following: Test | None) -> Outcome:
        """Judge by one test, and once more where a pass may rest on what the submission wrote into its arguments."""
        witness = self._witness(test)
        if self._beside(test):
            self._subjects.renew()
        outcome = self._judged(test, following, witness)
        if outcome.status is not Status.PASSED:
            return outcome
        if self._contract.recording:
            self._contract.note(test.locked.name, witness)
        elif self._wrongly_wrote(test, witness):
            outcome = self._again(test, outcome, witness)
        if outcome.status is Status.PASSED and (
            why := self._forgotten(test, witness) or self._misshapen(test, witness)
        ):
            return replace(outcome, status=Status.FAILED, failure=Failure(why))
        return replace(outcome, distorted=self._was_distorted(test, witness)) if self._trial else outcome

    def _wrongly_wrote(self, test: Test, witness: Witness) -> set[str]:
        """Return the calls that changed what they were given, where neither reference nor rubric has them do so."""
        may = self._plan.may_write.get(test.locked.grade_id, ())
        return {
            key
            for key in witness.wrote - self._contract.writes
            if not {name := key.removesuffix("()"), name.rpartition(".")[2]} & {*may}
        }

    def _witness(self, test: Test, *, heeding: bool = True, keeping: bool = False) -> Witness:
        watched = None if self._contract.recording else self._contract.watched(test.locked.name)
        if self._trial:
            how = Distortion(self._trial.distortion)
            return Witness(watched, heeding=heeding, distortion=how, about=self._trial.about, keeping=keeping)
        return Witness(watched, heeding=heeding)

    def _was_distorted(self, test: Test, witness: Witness) -> bool:
        """Say whether a test that passed was given another answer than the reference's.

        Where arguments are rewritten, that is seen from what is answered without: many an answer, such as a count of
        numbers, does not depend on what they hold.
        """
        if not witness.distorted or not witness.rewriting:
            return witness.distorted
        rewritten, honest = self._witness(test, heeding=False, keeping=True), Witness(keeping=True)
        for each in (rewritten, honest):
            self._afresh(test, each)
        return not alike(rewritten.answers, honest.answers)

    def _forgotten(self, test: Test, witness: Witness) -> str:
        """Return what failed in the test inside of the submission's code, which did not let it through."""
        if (
            not witness.lost
            or self._contract.recording
            or self._contract.goes_on(test.locked.name, len(witness.lost))
        ):
            return ""
        fault = witness.lost[0]
        text = f"{type(fault).__name__}: {fault}".partition("\n")[0].removesuffix(": ")
        return f"the submission's code has caught what failed in the test: {text}"

    def _misshapen(self, test: Test, witness: Witness) -> str:
        """Return how an answer differs in form from the reference's, where the test itself would not notice."""
        nested = test.locked.grade_id in self._plan.unnested
        due = self._contract.forms(test.locked.name)
        for key, wanted in due.items():
            found = witness.forms.get(key, []) if nested else witness.forms_of(key, due)
            if not found:
                # A submission that answers in another way is judged by what the test says of it.
                continue
            # Without the tests that it calls, a test asks for some of the answers only.
            pairs = (
                [(form, form if form in wanted else wanted[0]) for form in found]
                if nested
                else zip_longest(found, wanted, fillvalue="")
            )
            for place, (form, should) in enumerate(pairs, 1):
                if not fits(form, should):
                    return (
                        f"{key}: answer {place} in this test is to have {should}; this has {form or 'none of that'}"
                    )
        return ""

    def _again(self, test: Test, outcome: Outcome, first: Witness) -> Outcome:
        """Judge by a test in a fresh subject, without what the submission writes into its arguments."""
        second = self._afresh(test, self._witness(test, heeding=False))
        if second.status is Status.PASSED:
            return outcome
        wrote = ", ".join(sorted(self._wrongly_wrote(test, first)))
        what = f"{wrote} changed what it was given; without that change: "
        failure = second.failure or Failure("")
        return replace(second, failure=replace(failure, message=f"{what}{failure.message}"))

    def _afresh(self, test: Test, witness: Witness) -> Outcome:
        """Judge by a test in a fresh subject, and leave the one at hand as it is."""
        subjects, ran = self._subjects, self._ran
        self._subjects = self._new_subjects()
        try:
            with contextlib.ExitStack() as kept:
                kept.enter_context(self._template.names.kept())
                for script in self._scripts.values():
                    kept.enter_context(script.kept())
                return self._judged(test, None, witness)
        finally:
            self._subjects.close()
            self._subjects, self._ran = subjects, ran

    def _judged(self, test: Test, following: Test | None, witness: Witness) -> Outcome:
        """Bring the submission to a test's place, run the test, and say what came of it."""
        begun, locked = time.monotonic(), test.locked
        blocked = self._caught_up(test)
        if blocked:
            ends = Failure(f"{blocked}, which this test builds on, ends the process")
            return Outcome(locked.grade_id, locked.name, Status.BLOCKED, failure=ends)
        session = self._at(test)
        if session.broken:
            raise session.broken
        if session.fault:
            why = of_fault(session.fault, session.calls, self._submission.code)
            printed = self._kept(self._subjects.printed)
            return Outcome(locked.grade_id, locked.name, session.fault.status, failure=why, output=printed)
        session.start(self._plan.seconds.of(locked.grade_id))
        session.calls.clear()
        session.witness = witness
        session.lent = self._script(test).lent
        session.unbound = self._script(test).unbound
        session.rebound = lambda name: self._script(test).rebind(test, name)
        self._runner.forget()
        names = self._script(test).surroundings
        session.around = None if names is None else Surroundings(names, self._runner.sink, session.scratch)
        seed = seed_for(self._plan.secret, self._plan.grader.module, self._submission.student, locked.grade_id)
        raised = self._raised(session, test, following, seed)
        if session.broken:
            raise session.broken
        if self._contract.recording:
            self._contract.differs |= dict.fromkeys(self._refused(session, test))
        self._ran.add(locked.name)
        self._hand_on(session, test)
        status, failure = self._said(session, raised)
        checks = max(len(self._runner.subtests), 1)
        passes = sum(report.passed for report in self._runner.subtests) if self._runner.subtests else int(not raised)
        return Outcome(
            locked.grade_id, locked.name, status, time.monotonic() - begun, failure,
            0 if session.fault else passes, checks, self._kept(session.printed()), beside=self._beside(test),
            seed=seed, value=credit_of(test.item) if status is Status.PASSED else "",
        )  # fmt: skip

    def _differing(self, session: Session, test: Test) -> Iterator[tuple[str, int]]:
        """Give the judge's own given values before a test that the subject has otherwise, each with its block."""
        for name, value, place, theirs in self._both(session, test):
            if not alike(value, theirs):
                yield name, place

    def _refused(self, session: Session, test: Test) -> Iterator[tuple[str, int]]:
        """Give the judge's own given values that a test could not hand over, and the subject has, too."""
        refused = {id(each) for each in session.refused}
        if refused and not session.fault:
            yield from ((name, place) for name, value, place, _ in self._both(session, test) if id(value) in refused)

    def _both(self, session: Session, test: Test) -> Iterator[tuple[str, Any, int, Any]]:
        """Give the judge's own given values that the subject has as well, with the block and the subject's value."""
        for name, value, place in self._script(test).given(test):
            with contextlib.suppress(NameError):
                yield name, value, place, session.request("find", self._plan.grader.target, name)

    def _hand_on(self, session: Session, test: Test) -> None:
        """Let the subject have what a test's cell leaves behind in a notebook: its imports, and what it bound."""
        imports = self._script(test).imports(test)
        try:
            if imports and not session.fault:
                session.run(self._plan.grader.target, [(test.locked.grade_id, 1, "\n".join(imports))])
        except SubjectFault:
            # Its fault stays with it: the next test gets a fresh one.
            return

    def _caught_up(self, test: Test) -> str:
        """Run what a test follows and this subject has not seen; return the name of what ends the subject, if any."""
        for grade_id in self._script(test).follows(test):
            for other in (*self._template.tests, *self._template.visible):
                if (
                    other.locked.grade_id == grade_id
                    and other.path == test.path
                    and other.locked.name not in self._ran
                ):
                    self._judged(other, None, Witness())
                    session = self._subjects.session
                    if session is None or session.fault:
                        return grade_id
        return ""

    def _said(self, session: Session, raised: list[BaseException]) -> tuple[Status, Failure | None]:
        code, missing = self._submission.code, self._template.names.missing
        if session.fault:
            # Whatever the test made of it: nothing that it said afterwards rests on the submission.
            return session.fault.status, of_fault(session.fault, session.calls, code)
        if raised:
            asked = {name.rpartition(".")[2] for name in self._plan.grader.asked}
            return explain(raised[0], self._template.folder, session.calls, code, missing, asked)
        if gone := removed(self._plan.given, session.scratch):
            # Whatever the test read there was not the reference's.
            return Status.FAILED, Failure(f"the submission removed {gone}, which is given and stays as it is")
        return Status.PASSED, None

    def _raised(self, session: Session, test: Test, following: Test | None, seed: int) -> list[BaseException]:
        script, seconds = self._script(test), self._plan.seconds.of(test.locked.grade_id)
        try:
            with self._somewhere(session), bounded(session, seconds), script.as_main(), guarded():
                script.reach(test)
                if self._contract.recording:
                    self._contract.differs |= dict.fromkeys(self._differing(session, test))
                _seed(seed)
                if self._beside(test):
                    session.request("beside", *script.beside(test))
                    return []
                nested = test.locked.grade_id in self._plan.unnested
                with script.without_nested() if nested else contextlib.nullcontext():
                    self._runner.run(test.item, following.item if following else None, session.seed)
        except (Exception, SubjectFault) as fault:  # noqa: BLE001 - every fault of a submission is an outcome
            return [fault]
        return self._runner.raised

    @contextlib.contextmanager
    def _somewhere(self, session: Session) -> Iterator[None]:
        """Be in the subject's folder: a relative name means one file on both sides, and so does a temporary one."""
        if session.around is None and not self._plan.given:
            yield
            return
        before, tempfile.tempdir = (Path.cwd(), tempfile.tempdir), session.scratch
        os.chdir(session.scratch)
        try:
            yield
        finally:
            os.chdir(before[0])
            tempfile.tempdir = before[1]

    def _new_subjects(self) -> Subjects:
        plan, homes = self._plan, [each.name for each in self._scripts.values()]
        seed = seed_for(plan.secret, plan.grader.module, self._submission.student, "")
        code = self._submission.code
        return Subjects(self._lender, self._contract, homes, plan.grader, code, plan.seconds, seed=seed)

    def _kept(self, text: str) -> str:
        """Return as much of an output as there is still space for among a submission's outcomes."""
        kept = text[: self._space]
        self._space -= len(kept)
        return kept if len(kept) == len(text) else f"{kept}\n… {len(text) - len(kept):,} more characters are left out"


def _seed(seed: int) -> None:
    """Seed what a test draws itself; the submission was seeded before its first cell, and goes on from there."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - so do tests
    if "hypothesis.core" in sys.modules:
        sys.modules["hypothesis.core"].global_force_seed = seed  # type: ignore[attr-defined]


def _out_of_time(test: Test, seconds: float) -> Outcome:
    failure = Failure(f"not run: the submission had used up its {seconds:g} s")
    return Outcome(test.locked.grade_id, test.locked.name, Status.TIMEOUT, failure=failure)
