"""Each lesson as its source has it: in either format it earns everything, and what its text shows is true."""

import doctest
import runpy
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mistakes import FORMS

from tito.workflows.course.opening import open_course

ROOT = Path(__file__).parents[2]
MODULES = [module.id for module in open_course(ROOT).modules]
WRITTEN = {"modules", "examples", "milestones"}
EXPORTED = [
    each for each in sorted((ROOT / "tinytorch").rglob("[!_]*.py")) if not WRITTEN & {*each.relative_to(ROOT).parts}
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("module", MODULES)
def test_the_source_in_either_format_earns_everything(lesson_grades, module, form):
    grade = lesson_grades(module)[FORMS[form]]
    assert grade.earned == grade.possible
    assert grade.notes == ()


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_the_examples_in_docstrings_are_true(path):
    space = runpy.run_path(str(path))
    tests = [
        each for name in space["__all__"] for each in doctest.DocTestFinder().find(space[name], name, globs=space)
    ]
    runner = doctest.DocTestRunner(verbose=False)
    assert [runner.run(each, out=lambda _: None).failed for each in tests] == [0] * len(tests)
    assert sum(len(each.examples) for each in tests) > 0
