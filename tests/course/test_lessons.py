"""Each lesson's proofs: the reference earns everything, the stub nothing, and what the text shows is true."""

import doctest
import runpy
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mistakes import FORMS

from tito.workflows.course.opening import open_course
from tito.workflows.course.validate import validate

ROOT = Path(__file__).parents[2]
MODULES = [module.id for module in open_course(ROOT).modules]
WRITTEN = {"modules", "examples", "milestones"}
EXPORTED = [
    each for each in sorted((ROOT / "tinytorch").rglob("[!_]*.py")) if not WRITTEN & {*each.relative_to(ROOT).parts}
]


@pytest.fixture(scope="module")
def validated(course):
    """What `tito validate` says of each module, all in one run."""
    return {each.module: each for each in validate(course, [])}


@pytest.mark.xdist_group("validated")
@pytest.mark.parametrize("module", MODULES)
def test_reference_earns_everything_and_stub_nothing(validated, module):
    found = validated[module]
    assert [str(each) for each in found.problems] == []
    assert (found.reference, found.stub) == (found.points, 0)
    assert found.warnings == ()


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
