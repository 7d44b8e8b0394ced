"""The course that ships with tito, and tito on it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tito.sandbox.confine import Level
from tito.workflows.course.opening import open_course
from tito.workflows.grading.grade import grade
from tito.workflows.grading.judges import start_pool

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def course():
    return open_course(ROOT)


@pytest.fixture(scope="session")
def graded(course):
    """Grade paths for a module and return {student: grade}; `seconds` for each test instead of the course's."""

    def run(module, *paths, seconds=course.settings.test_seconds):
        patient = replace(course, settings=replace(course.settings, test_seconds=seconds))
        with start_pool(patient, 1, lambda: Level.STANDARD) as pool:
            result = grade(patient, module, paths, pool)
        return {each.student: each for each in result.grades}

    return run
