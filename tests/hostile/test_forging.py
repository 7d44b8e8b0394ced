"""No submission earns a point that it has not earned, at any level of confinement, and a classic autograder is fooled."""

import json
import subprocess
import sys

import pytest
from corpus import BEST, CANARY, HERE, LAYERS, POINTS, index, run

from tito.report import class_json
from tito.sandbox.system import portable
from tito.scoring import statistics

FORGING = index("forging")
OTHERS = {"error", "memory", "timeout"} if portable() else set()


@pytest.fixture(scope="module")
def graded(world, level):
    """Grade the corpus; at the strongest level with a good submission between any two attacks."""
    secret = pytest.MonkeyPatch()
    secret.setenv("TITO_CANARY", f"{CANARY}environment")
    in_memory = bytearray(f"{CANARY}judge", "ascii")
    chosen = [each for each in FORGING.values() if each.runs_with(LAYERS[level])]
    grades, left, result = run(world(), chosen, level, every=1 if level == BEST else 16)
    secret.undo()
    in_memory.clear()
    return grades, left, result


def test_the_index_names_every_file():
    assert {path.stem for path in (HERE / "forging").glob("*.py")} == set(FORGING)


@pytest.mark.parametrize("name", FORGING)
def test_an_attack_earns_what_is_due_and_is_named(graded, level, name):
    attack = FORGING[name]
    if not attack.runs_with(LAYERS[level]):
        pytest.skip(f"{name} needs {', '.join(attack.needs)}")
    grade = graded[0][name]
    found = {each.criterion.id: each.status.value for each in grade.criteria}
    # Where names and descriptors are others, some of them fail in another way.
    assert set(found.values()) <= attack.statuses | OTHERS, found
    assert (grade.earned, grade.possible) == (attack.earns, POINTS)


def test_every_good_submission_has_full_marks(graded):
    good = {name: grade.earned for name, grade in graded[0].items() if name.endswith("-neighbour")}
    assert len(good) >= len(FORGING) // 16
    assert set(good.values()) == {POINTS}, good


def test_nothing_is_left_behind(graded):
    assert {key: found for key, found in graded[1].items() if found} == {}


def test_no_secret_is_in_any_report(graded):
    result = graded[2]
    text = class_json(result.rubric, result.grades, statistics(result.rubric, result.grades))
    assert CANARY not in text


@pytest.fixture(scope="module")
def claims(world):
    """Give the attacks that a classic autograder falls for to one, with the wrong and the good submission."""
    place = world()
    sources = {each.name: place.submission(each) for each in FORGING.values() if each.fools_classic}
    setup = place.good.partition('# %% nbgrader={"solution"')[0]
    sources |= {"wrong": f"{setup}\n{(HERE / 'wrong.py').read_text('utf-8')}", "good": place.good}
    task = {"grader": str(place.course.modules[0].grader / "test_series.py"), "submissions": sources}
    program = [sys.executable, str(HERE / "classic.py"), str(place.course.root)]
    done = subprocess.run(program, input=json.dumps(task), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_classic_autograder_tells_good_from_wrong(claims):
    assert claims["wrong"] == [1, []]
    assert claims["good"][0] == 0
    assert len(claims["good"][1]) == 9


@pytest.mark.parametrize("name", [name for name, each in FORGING.items() if each.fools_classic])
def test_a_classic_autograder_is_fooled(claims, name):
    code, passed = claims[name]
    assert code == 0 or passed


def test_the_corpus_is_held_for_an_ordinary_user_too(again):
    # What forgeries try does not turn on a user's rights: one level, the quickest, is enough here.
    assert again("limits or names_every") > 100
