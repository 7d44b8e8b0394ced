"""Each lesson's proofs: the reference earns everything, the stub nothing, and what the text shows is true."""

import doctest
import runpy
from pathlib import Path

import pytest

from tito.model.document import Format
from tito.source import parse, write
from tito.workflows.course.opening import find_module, open_course
from tito.workflows.course.validate import validate

ROOT = Path(__file__).parents[2]
MODULES = [module.id for module in open_course(ROOT).modules]
WRITTEN = {"modules", "examples", "milestones"}
EXPORTED = [
    each for each in sorted((ROOT / "tinytorch").rglob("[!_]*.py")) if not WRITTEN & {*each.relative_to(ROOT).parts}
]


@pytest.mark.parametrize("module", MODULES)
def test_reference_earns_everything_and_stub_nothing(course, module):
    (found,) = validate(course, [module])
    assert [str(each) for each in found.problems] == []
    assert (found.reference, found.stub) == (found.points, 0)
    assert found.warnings == ()


@pytest.mark.parametrize("form", [Format.PERCENT, Format.NOTEBOOK])
@pytest.mark.parametrize("module", MODULES)
def test_the_source_in_either_format_earns_everything(course, graded, tmp_path, module, form):
    source = find_module(course, module).source
    document = parse(source.read_text("utf-8"), source.name)
    path = tmp_path / f"{source.stem}.{form}"
    path.write_text(write(document, form), "utf-8")
    (grade,) = graded(module, path).values()
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
