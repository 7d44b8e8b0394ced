"""What is judged, what is taken from the store, and what a change makes stale."""

from dataclasses import replace

import pytest

from tito.collection.folders import find
from tito.collection.layout import Layout
from tito.judging.plan import Plan, Ruling
from tito.judging.pool import given_up
from tito.model.grader import Grader, LockedCriterion
from tito.model.outcome import Outcome, Run, Status
from tito.model.submission import Submission
from tito.sandbox.levels import Level
from tito.workflows.grading.results import Results


class Scripted:
    """Judges that note whom they are asked to judge, and answer as they are told."""

    level = Level.NONE

    def __init__(self, status=Status.PASSED):
        self.asked = []
        self._status = status

    def rulings(self, plan, works):
        for work in works:
            self.asked.append(work.student)
            run = Run((Outcome("c", "test_c", self._status),)) if self._status else given_up(plan, work).run
            yield work, Ruling(Submission(work.student, "01_x", work.path, None), run)


@pytest.fixture
def plan(tmp_path):
    grader = Grader("01_x", "x", (LockedCriterion("c", 1, ("test_x.py::test_c",)),), ())
    return Plan(grader, str(tmp_path), edition="edition")


@pytest.fixture
def found(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for student in ("ada", "bob", "cyd"):
        (folder / f"{student}.py").write_text(f"# {student}")
    return lambda: find([folder], Layout("01_x", "x_dev"))


def students(plan, found, store, judges=None, **options):
    judges = judges or Scripted()
    results = Results(plan, found(), store)
    for _ in results.judge(judges, **options):
        continue
    return judges.asked, results


def test_what_is_finished_is_not_judged_again(plan, found):
    store = {}
    assert students(plan, found, store)[0] == ["ada", "bob", "cyd"]
    asked, results = students(plan, found, store)
    assert asked == []
    assert [each.submission.student for each in results] == ["ada", "bob", "cyd"]
    assert all(each.run.outcomes[0].status is Status.PASSED for each in results)


def test_only_what_changed_is_judged(plan, found, tmp_path):
    store = {}
    students(plan, found, store)
    (tmp_path / "in" / "bob.py").write_text("# another bob")
    (tmp_path / "in" / "dan.py").write_text("# dan")
    assert students(plan, found, store)[0] == ["bob", "dan"]


def test_another_edition_is_judged_anew(plan, found):
    store = {}
    students(plan, found, store)
    other = replace(plan, edition="another")
    assert students(other, found, store)[0] == ["ada", "bob", "cyd"]


def test_force_judges_all(plan, found):
    store = {}
    students(plan, found, store)
    assert students(plan, found, store, afresh=True)[0] == ["ada", "bob", "cyd"]


@pytest.mark.parametrize("status", [None, Status.BROKEN])
def test_what_tito_broke_is_tried_the_next_time(plan, found, status):
    store = {}
    asked, results = students(plan, found, store, Scripted(status))
    assert asked == ["ada", "bob", "cyd"]
    assert {each.run.outcomes[0].status for each in results} == {Status.BROKEN}
    assert students(plan, found, store)[0] == ["ada", "bob", "cyd"]


def test_an_interrupted_run_goes_on_from_there(plan, found):
    store = {}
    rulings = Results(plan, found(), store).judge(Scripted())
    assert [next(rulings).submission.student for _ in range(2)] == ["ada", "bob"]
    rulings.close()
    assert students(plan, found, store)[0] == ["cyd"]


def test_a_store_of_another_version_is_not_believed(plan, found):
    store = {}
    students(plan, found, store)
    store.update(dict.fromkeys(store, '{"won": true}'))
    assert students(plan, found, store)[0] == ["ada", "bob", "cyd"]


def test_the_same_file_of_two_students_is_judged_for_each(plan, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for student in ("ada", "bob"):
        (folder / f"{student}.py").write_text("# same")
    assert students(plan, lambda: find([folder], Layout("01_x", "x_dev")), {})[0] == ["ada", "bob"]


def test_what_cannot_be_read_is_refused_each_time_and_the_rest_is_judged(plan, found, tmp_path):
    (tmp_path / "in" / "bob.py").write_bytes(b"#" * (2 << 20))
    store = {}
    for expected in (["ada", "cyd"], []):
        asked, results = students(plan, found, store)
        assert asked == expected
        assert [bool(each.submission.refusal) for each in results] == [False, True, False]


class Refusing(Scripted):
    """Judges that can read nothing, and say where it lay."""

    def rulings(self, plan, works):
        for work, ruling in super().rulings(plan, works):
            refusal = f"{work.path}:1: it is no source. Save it again."
            yield work, Ruling(replace(ruling.submission, refusal=refusal))


def test_a_refusal_names_the_place_where_the_file_is_now(plan, found, tmp_path):
    store = {}
    students(plan, found, store, Refusing())
    (tmp_path / "in").rename(tmp_path / "moved")
    asked, results = students(plan, lambda: find([tmp_path / "moved"], Layout("01_x", "x_dev")), store)
    assert asked == []
    assert results[0].submission.refusal == f"{tmp_path}/moved/ada.py:1: it is no source. Save it again."
