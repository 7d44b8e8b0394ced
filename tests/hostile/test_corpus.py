"""No hostile submission earns a point, harms its neighbours or leaves anything behind."""

import os
import tempfile
from pathlib import Path

import pytest
import yaml

from tito.sandbox.confine import Level
from tito.workflows.course import open_course
from tito.workflows.grade import grade
from tito.workflows.zygote import start_zygote

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INDEX = yaml.safe_load((HERE / "index.yaml").read_text("utf-8"))
GOOD = ROOT / "samples/submitted/ada/02_activations/activations_dev.py"


def children():
    """Return the processes that this one and its descendants have started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = (int(fields[1]), fields[0])
    mine, found = {os.getpid()}, set()
    while True:
        more = {pid for pid, (parent, state) in parents.items() if parent in mine and state != "Z"} - mine
        if not more:
            return found
        mine |= more
        found |= more


def outside():
    """Return what stands where a hostile submission would like to write: the course, home and scratch folders."""
    places = [Path.home(), ROOT / "graders/02_activations", ROOT / "rubrics", Path(tempfile.gettempdir())]
    return {path for place in places for path in place.iterdir()}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade every attack with a good submission before and after it, in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    for place, name in enumerate(sorted(INDEX)):
        (folder / f"{place:03}-{name}.py").write_text((HERE / f"submissions/{name}.py").read_text("utf-8"), "utf-8")
        (folder / f"{place:03}-{name}-neighbour.py").write_text(GOOD.read_text("utf-8"), "utf-8")
    # Scratch folders of this run alone: another one may be going on beside it.
    tempfile.tempdir = str(tmp_path_factory.mktemp("scratch"))
    before, processes, descriptors = outside(), children(), len(list(Path("/proc/self/fd").iterdir()))
    course = open_course(ROOT)
    with start_zygote(course, Level.STANDARD) as zygote:
        result = grade(course, "02", [folder], zygote, progress=lambda *_: None)
    left = {
        "files": outside() - before,
        "processes": children() - processes,
        "descriptors": len(list(Path("/proc/self/fd").iterdir())) - descriptors,
    }
    tempfile.tempdir = None
    return {each.student[4:]: each for each in result.grades}, left


def test_the_index_names_every_submission():
    assert {path.stem for path in (HERE / "submissions").glob("*.py")} == set(INDEX)


@pytest.mark.parametrize("name", INDEX)
def test_an_attack_earns_nothing_and_is_named(graded, name):
    grade = graded[0][name]
    found = {each.criterion.id: (each.status.value, int(each.earned)) for each in grade.criteria}
    assert {status for status, _ in found.values()} <= set(INDEX[name]["statuses"]), found
    assert grade.earned == INDEX[name].get("earns", 0), found
    assert grade.possible == 70


@pytest.mark.parametrize("name", INDEX)
def test_the_next_submission_is_graded_as_ever(graded, name):
    assert graded[0][f"{name}-neighbour"].earned == 70


def test_nothing_is_left_behind(graded):
    assert graded[1] == {"files": set(), "processes": set(), "descriptors": 0}
