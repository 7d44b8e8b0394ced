"""docs/authoring.md, docs/grading.md and docs/students.md, run as they are written."""

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from tito.sandbox.system import portable

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("walking", Path(__file__).with_name("walking.py"))
walking = importlib.util.module_from_spec(spec)
spec.loader.exec_module(walking)


# Where nothing confines strangers' work, the other two pages' commands refuse.
PAGES = ["students"] if portable() else ["authoring", "grading", "students"]


@pytest.fixture(scope="module", params=PAGES)
def told(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    return walking.walk(
        ROOT / f"docs/{request.param}.md", workspace(folder) if request.param == "students" else folder
    )


def workspace(folder):
    """Release the course that students walk through."""
    shutil.copytree(ROOT / "tests/cli/little", folder, dirs_exist_ok=True)
    releases = ("tito release --out ws", "tito release --format ipynb --out nb")
    for command in ("tito export", "tito lock", *releases):
        assert "tito:" not in walking.run(command, folder)
    return folder / "ws"


def test_the_page_prints_what_it_says(told):
    assert walking.wrong(told) == []


def test_the_page_leaves_nothing_out_and_nothing_broken(told):
    assert len(told) >= 15
    assert [command for command, _, printed in told if "Traceback" in printed or "tito broke" in printed] == []


@pytest.mark.parametrize(
    ("expected", "printed", "fits"),
    [
        ("a\n…\nb\n", "a\nx\ny\nb\n", True),
        ("a …\n", "a 3\n", True),
        ("a\n", "b\n", False),
        ("a\n…\n", "b\na\n", False),
    ],
)
def test_dots_stand_for_what_may_differ(expected, printed, fits):
    assert bool(re.fullmatch(walking.pattern(expected), printed)) is fits
