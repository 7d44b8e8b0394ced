"""The course that ships with tito, and tito on it."""

import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mistakes import FORMS, in_form, submissions

from tito.sandbox.confine import Level
from tito.workflows.course.opening import find_module, open_course
from tito.workflows.grading.grade import grade
from tito.workflows.grading.judges import start_pool

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def course():
    return open_course(ROOT)


@pytest.fixture(scope="session")
def judges(course):
    """What judges all submissions of these tests: a worker, or one for each processor where xdist has not taken it."""
    with start_pool(course, 1 if os.environ.get("PYTEST_XDIST_WORKER") else 0, lambda: Level.STANDARD) as pool:
        yield pool


@pytest.fixture(scope="session")
def graded(course, judges):
    """Grade paths for a module and return {student: grade}; `seconds` for each test instead of the course's."""

    def run(module, *paths, seconds=course.settings.test_seconds):
        patient = replace(course, settings=replace(course.settings, test_seconds=seconds))
        return {each.student: each for each in grade(patient, module, paths, judges).grades}

    return run


@pytest.fixture(scope="session")
def lesson_grades(course, graded, tmp_path_factory):
    """Return {name: grade} for a module: its source in either form and its wrong solutions, all in one warm run."""

    @cache
    def run(module):
        folder, source = tmp_path_factory.mktemp(module), find_module(course, module).source
        for form in FORMS:
            (folder / f"{FORMS[form]}.{form}").write_text(in_form(source, form), "utf-8")
        for name, text in submissions(source, module).items():
            (folder / f"{name}.py").write_text(text, "utf-8")
        # A busy machine must not make a timeout of a wrong answer.
        return graded(module, folder, seconds=6)

    return run
