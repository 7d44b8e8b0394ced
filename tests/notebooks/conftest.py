"""One course of all lessons, one pool of judges that locks and grades them, one plain IPython."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from notebook import lessons

from tito.judging.plan import Work
from tito.model.outcome import Status
from tito.workflows.course.building import build
from tito.workflows.course.opening import find_module, open_course
from tito.workflows.grading.command import SEED
from tito.workflows.grading.grader import make_plan
from tito.workflows.grading.judges import start_pool

SETTINGS = """
name = "notebooks"
packages = ["numpy", "pandas", "matplotlib", "scipy"]
test_seconds = 5
load_seconds = 10
"""


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The course of which each lesson is a module, nothing locked yet."""
    root = tmp_path_factory.mktemp("course")
    (root / "tito.toml").write_text(SETTINGS)
    for number, lesson in enumerate(lessons().values()):
        folder = root / "modules" / f"{number:03}_{lesson.name}"
        folder.mkdir(parents=True)
        (folder / f"{lesson.name}_dev.ipynb").write_text(lesson.source, "utf-8")
    return open_course(root)


@pytest.fixture(scope="session")
def pool(course):
    """Judges, warm for all lessons."""
    with start_pool(course) as started:
        yield started


@pytest.fixture(scope="session")
def locked(course, pool):
    """Lock a lesson, and return what was built with the plan to grade by."""

    def lock(name):
        module = find_module(course, name)
        built = build(pool, course, module)
        module.grader.mkdir(parents=True)
        for file, text in built.files.items():
            (module.grader / file).write_text(text, "utf-8")
        return built, make_plan(course, module.grader, built.grader, None)

    return lock


@pytest.fixture(scope="session")
def judged(pool):
    """Grade submissions by a plan: for each, by name, the grade_ids that passed, and the statuses of all."""

    def judge(plan, submissions):
        works = [Work(each.name, each.name, f"{each.name}.ipynb", each.notebook.encode()) for each in submissions]
        rulings = {work.name: ruling for work, ruling in pool.rulings(plan, works)}
        return {name: _passed(rulings[name]) for name in (each.name for each in submissions)}

    return judge


def _passed(ruling):
    assert ruling.run, ruling.submission.refusal
    outcomes = ruling.run.outcomes
    assert not [each for each in outcomes if each.status is Status.BROKEN], outcomes
    failed = {each.grade_id for each in outcomes if each.status is not Status.PASSED}
    return tuple(dict.fromkeys(each.grade_id for each in outcomes if each.grade_id not in failed))


@pytest.fixture(scope="session")
def plain():
    """Run submissions in IPython: for each, by name, the grade_ids of the cells that raise nothing."""
    command = [sys.executable, str(Path(__file__).parent / "plain.py")]
    # Sets of strings come in the same order on either side.
    seeded = os.environ | {"PYTHONHASHSEED": str(SEED)}
    process = subprocess.Popen(command, env=seeded, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(submissions):
        for each in submissions:
            cells = [(cell.grade_id if cell.kind == "test" else "", cell.source) for cell in each.cells]
            process.stdin.write(json.dumps({"cells": cells}) + "\n")
        process.stdin.flush()
        return {each.name: tuple(json.loads(process.stdout.readline())) for each in submissions}

    yield run
    process.stdin.close()
    process.wait()
    process.stdout.close()
