"""Each milestone reaches its figures on the exported package alone, as a student's workspace holds it."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.dom import minidom

import pytest

from tito.workflows.course.export import export
from tito.workflows.course.opening import open_course
from tito.workflows.course.workspace import handouts
from tito.workflows.student import milestone

ROOT = Path(__file__).parents[2]
MILESTONES = open_course(ROOT).settings.milestones


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder with what students export and what a release hands out, and nothing else."""
    folder, course = tmp_path_factory.mktemp("exported"), open_course(ROOT)
    paths = [ROOT / each.path for each in export(course, [], write=False)]
    for path in (*paths, *handouts(course), ROOT / "pyproject.toml"):
        place = folder / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return open_course(folder)


@pytest.mark.parametrize("name", [each.name for each in MILESTONES])
def test_a_milestone_reaches_its_figures(exported, name, tmp_path):
    with (tmp_path / "told").open("w+", encoding="utf-8") as told:
        chosen = milestone.find(exported, name)
        done = milestone.run(exported, chosen, datetime.now(UTC), told, locked=True)
        told.seek(0)
        assert told.read().isascii()
    assert [each for each in done.standing.figures if not each.reached] == []
    pictures = [exported.root / each for each in done.files if each.endswith(".svg")]
    assert {minidom.parse(str(each)).documentElement.tagName for each in pictures} == {"svg"}  # noqa: S318 - ours


def test_every_milestone_says_where_it_comes_from():
    for each in MILESTONES:
        assert each.history.endswith(".")
        assert len(each.history.splitlines()) == 1


def test_the_page_on_tinytorch_lists_what_each_lesson_adds():
    page, lessons = (ROOT / "docs/tinytorch.md").read_text("utf-8"), python_json("tinytorch.LESSONS", ROOT)
    for lesson, (module, names) in lessons.items():
        assert f"| {lesson} | `{module}` | {' '.join(f'`{name}`' for name in names.split())} |" in page
    ids = [each.id for each in open_course(ROOT).modules]
    assert [lesson.replace(" ", "_") for lesson in lessons] == ids
    assert (
        python("import doctest; print(doctest.testfile('docs/tinytorch.md', module_relative=False).failed)", ROOT)
        == "0\n"
    )


def python_json(value, folder):
    return json.loads(python(f"import json, tinytorch; print(json.dumps({value}))", folder))


def python(code, folder):
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr.splitlines()[-1] if done.stderr else done.stdout


def test_every_name_of_the_package_is_there(exported):
    names = python_json("[name for name in tinytorch.__all__ if getattr(tinytorch, name)]", exported.root)
    assert len(names) == len(set(names)) > 60
    assert python("from tinytorch import Tensor; print(hasattr(Tensor, 'zero_grad'))", exported.root) == "True\n"


def test_the_package_names_the_lesson_of_what_is_not_built(tmp_path):
    (tmp_path / "tinytorch/core").mkdir(parents=True)
    for name in ("__init__.py", "core/__init__.py", "core/tensor.py"):
        shutil.copyfile(ROOT / "tinytorch" / name, tmp_path / "tinytorch" / name)
    assert (
        python("import tinytorch; print(tinytorch.Tensor([1]).shape, tinytorch.__all__)", tmp_path)
        == "(1,) ['Tensor']\n"
    )
    told = python("from tinytorch import Linear", tmp_path)
    assert told == "ImportError: Linear is built in lesson 03, layers: finish it, and run `tito export 03`"
