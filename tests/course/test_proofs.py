"""Each lesson's proofs: the reference earns everything, the stub nothing."""

from pathlib import Path

import pytest

from tito.workflows.course.opening import open_course
from tito.workflows.course.validate import validate

MODULES = [module.id for module in open_course(Path(__file__).parents[2]).modules]


@pytest.fixture(scope="module")
def validated(course):
    """What `tito validate` says of each module, all in one run."""
    return {each.module: each for each in validate(course, [])}


@pytest.mark.parametrize("module", MODULES)
def test_reference_earns_everything_and_stub_nothing(validated, module):
    found = validated[module]
    assert [str(each) for each in found.problems] == []
    assert (found.reference, found.stub) == (found.points, 0)
    assert found.warnings == ()
