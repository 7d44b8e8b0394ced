"""docs/tests.md: each of its blocks is a lesson whose tests all run apart."""

import re
from pathlib import Path

import pytest

from tito.workflows.course.building import build
from tito.workflows.course.opening import open_course
from tito.workflows.grading.judges import start_pool

PAGE = (Path(__file__).parents[2] / "docs/tests.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("page")
    (root / "tito.toml").write_text("")
    for number, block in enumerate(BLOCKS, 1):
        folder = root / "modules" / f"{number:02}_block"
        folder.mkdir(parents=True)
        (folder / "block.py").write_text(block)
    return open_course(root)


def test_every_block_is_a_lesson_whose_tests_run_apart(course):
    assert len(course.modules) == len(BLOCKS) >= 3
    with start_pool(course) as pool:
        graders = [build(pool, course, module).grader for module in course.modules]
    assert [test for grader in graders for each in grader.criteria for test in each.beside] == []
    assert [len(grader.criteria) for grader in graders] == [2, 1, 5]
