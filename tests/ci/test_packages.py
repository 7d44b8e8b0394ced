"""Packages for other systems, run in a temporary tree as their hosts run them."""

import json
import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TITO = Path(sys.executable).parent / "tito"
MODULE = """
# %%
#| default_exp core.double

# %% nbgrader={"solution": true, "grade_id": "double"}
#| export
from mini.core.base import BASE

def double(x):
    ### BEGIN SOLUTION
    return BASE * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-double", "points": 2.5}
def test_double():
    assert double(2) == 4, f"double(2) is 4, got {double(2)}"

# %% nbgrader={"grade": true, "grade_id": "t-zero", "points": 1.5}
def test_zero():
    assert double(0) == 0
"""
WORK = "from mini.core.base import BASE\nprint('::error::owned')\n\ndef double(x):\n    return {}\n"
GIVEN = {
    "CLASSROOM": "cs1", "ASSIGNMENT": "m1", "ASSIGNMENT_TYPE": "individual", "OWNER": "org", "USERNAME": "ann",
    "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "https://c", "RELEASE_URL": "https://r", "REVIEW_URL": "https://v",
}  # fmt: skip
pytestmark = pytest.mark.skipif(not TITO.exists(), reason="no tito is installed beside this Python")


def run(*command, cwd, **environment):
    settings = {**os.environ, "COLUMNS": "100", **{name: str(value) for name, value in environment.items()}}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=settings, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    (folder / "modules/01_double").mkdir(parents=True)
    (folder / "mini/core").mkdir(parents=True)
    (folder / "mini/core/base.py").write_text("BASE = 2\n")
    (folder / "tito.toml").write_text('name = "mi\\"ni"\npackage = "mini"\ntest_seconds = 2\nsecret = "s"\n')
    (folder / "modules/01_double/double_dev.py").write_text(MODULE)
    for command in (("lock",), ("rubric", "init", "01")):
        assert run(TITO, *command, cwd=folder).returncode == 0
    return folder


@pytest.fixture
def host(course, tmp_path):
    return gradescope(course, "01", tmp_path)


def gradescope(course, name, tmp_path):
    """Make Gradescope's tree with the zip unpacked, and tito installed by what is installed here."""
    root = tmp_path / "autograder"
    done = run(TITO, "package", "gradescope", name, "-o", tmp_path / "a.zip", "--sandbox", "limits", cwd=course)
    assert done.returncode == 0, done.stderr
    _unzip(tmp_path / "a.zip", root / "source")
    (root / "submission").mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", root / "tito", cwd=tmp_path)
    (folder,) = root.glob("tito/lib/*/site-packages")
    # The package's own tito, with the libraries that it requires out of this environment.
    paths = [root / "source/tito", *site.getsitepackages()]
    (folder / "here.pth").write_text("".join(f"{path}\n" for path in paths))
    script = root / "tito/bin/tito"
    script.write_text(f"#!{root}/tito/bin/python -I\nfrom tito.cli import main\nmain()\n")
    script.chmod(0o755)
    assert run("bash", root / "source/setup.sh", cwd="/", AUTOGRADER=root).stdout.startswith("tito ")
    return root


def _unzip(path, folder):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    for name in ("setup.sh", "run_autograder"):
        (folder / name).chmod(0o755)


def graded(root):
    done = run(root / "source/run_autograder", cwd="/", AUTOGRADER=root)
    return done, json.loads((root / "results/results.json").read_text())


def test_a_zip_is_the_same_for_the_same_course_and_holds_no_solution(course, tmp_path):
    for name in ("a.zip", "b.zip"):
        run(TITO, "package", "gradescope", "01", "-o", tmp_path / name, cwd=course)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = set(archive.namelist())
        texts = [archive.read(name).decode() for name in names]
        modes = {name: archive.getinfo(name).external_attr >> 16 & 0o777 for name in ("setup.sh", "run_autograder")}
    assert {"setup.sh", "run_autograder", "course/tito.toml", "course/mini/core/base.py"} <= names
    assert modes == {"setup.sh": 0o755, "run_autograder": 0o755}
    assert not [text for text in texts if "return BASE * x" in text]
    assert not [name for name in names if "__pycache__" in name or "modules/" in name]


def test_gradescope_gets_results_of_a_submission(host):
    (host / "submission/double_dev.py").write_text(WORK.format("BASE * abs(x) + (x == 2)"))
    (host / "submission/scratch.py").write_text("")
    done, results = graded(host)
    assert done.returncode == 0, done.stderr
    assert [(each["name"], each["score"], each["max_score"]) for each in results["tests"]] == [
        ("T double", 0, 2.5), ("T zero", 1.5, 1.5),
    ]  # fmt: skip
    assert "double(2) is 4, got 5" in results["tests"][0]["output"]


def test_gradescope_gets_the_reason_for_a_file_that_cannot_be_read(host):
    (host / "submission/double_dev.ipynb").write_text("{")
    done, results = graded(host)
    assert done.returncode == 0
    assert "it is not JSON" in results["output"]
    assert [each["score"] for each in results["tests"]] == [0, 0]


@pytest.mark.parametrize("fault", ["grader", "tito"])
def test_gradescope_gets_results_without_a_score_whatever_breaks(fault, host):
    (host / "submission/double_dev.py").write_text(WORK.format("2 * x"))
    if fault == "grader":
        (host / "source/course/graders/01_double/lock.json").unlink()
    else:
        (host / "tito/bin/tito").unlink()
    done, results = graded(host)
    assert done.returncode == 1
    assert "there is no grade of this submission" in done.stderr
    assert "no fault of yours" in results["output"]
    assert "score" not in results
    assert results["tests"] == []


@pytest.fixture
def bundle(course, tmp_path):
    done = run(TITO, "package", "classroom50", "01", "-o", tmp_path / "b", "--sandbox", "limits", cwd=course)
    assert done.returncode == 0, done.stderr
    checkout = tmp_path / "checkout"
    (checkout / "modules/01_double").mkdir(parents=True)
    (checkout / "sitecustomize.py").write_text("raise SystemExit(3)\n")
    return tmp_path / "b", checkout


def autograder(folder, checkout, **environment):
    own = {**GIVEN, "CLASSROOM50_BUNDLE_DIR": folder, "TITO": TITO, **environment}
    return run(sys.executable, folder / "autograder.py", cwd=checkout, **own)


def test_classroom50_gets_a_result_that_its_runner_accepts(bundle):
    folder, checkout = bundle
    (checkout / "modules/01_double/double_dev.py").write_text(WORK.format("BASE * abs(x) + (x == 2)"))
    assert autograder(folder, checkout).returncode == 0
    result = json.loads((checkout / "result.json").read_text())
    assert (result["score"], result["max-score"], result["owner"]) == (3, 8, "org")
    assert [(each["score"], each["max-score"], each["passed"]) for each in result["tests"]] == [
        (0, 5, False),
        (3, 3, True),
    ]
    assert "**1.5 of 4 points" in (checkout / "release-body.md").read_text()


def test_classroom50_gets_no_result_where_there_is_no_grade(bundle):
    folder, checkout = bundle
    assert autograder(folder, checkout).returncode == 2
    (checkout / "modules/01_double/double_dev.py").write_text(WORK.format("2 * x"))
    (folder / "course/rubrics/01_double.yaml").unlink()
    assert autograder(folder, checkout).returncode == 3
    assert not (checkout / "result.json").exists()


def test_a_bundle_is_not_written_over_something(course, tmp_path):
    (tmp_path / "kept").write_text("")
    done = run(TITO, "package", "classroom50", "01", "-o", tmp_path, cwd=course)
    assert (done.returncode, "this folder is not empty" in done.stderr) == (2, True)


PART = MODULE.replace("from mini.core.base import BASE", "").replace("core.double", "core.{0}").replace("BASE", "2")


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Two modules of one folder, one of them joined to a module of another folder by the settings."""
    folder = tmp_path_factory.mktemp("several")
    settings = 'test_seconds = 2\npackages = []\n[assignments]\nfinal = ["ps1_b", "ps2"]\n'
    (folder / "tito.toml").write_text(settings)
    for place in ("ps1/a.py", "ps1/b.py", "ps2/c.py"):
        path = folder / "modules" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PART.replace("{0}", path.stem))
    assert run(TITO, "lock", cwd=folder).returncode == 0
    for name in ("ps1_a", "ps1_b", "ps2"):
        assert run(TITO, "rubric", "init", name, cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize(("name", "first", "second"), [("ps1", "a", "b"), ("final", "b", "c")])
def test_gradescope_grades_all_modules_of_an_assignment(name, first, second, several, tmp_path):
    root = gradescope(several, name, tmp_path)
    for each, factor in ((first, 2), (second, 0)):
        (root / f"submission/{each}.py").write_text(f"def double(x):\n    return {factor} * x\n")
    done, result = graded(root)
    assert done.returncode == 0, done.stderr
    assert [each["score"] for each in result["tests"]] == [2.5, 1.5, 0, 1.5]
    (root / f"submission/{first}.py").rename(root / "submission/notes.txt")
    _, result = graded(root)
    assert [each["score"] for each in result["tests"]] == [0, 0, 0, 1.5]
    assert f"{first}: no .py or .ipynb file" in result["output"]


@pytest.mark.parametrize("name", ["ps1", "final"])
def test_classroom50_grades_all_modules_of_an_assignment(name, several, tmp_path):
    done = run(TITO, "package", "classroom50", name, "-o", tmp_path / "bundle", "--sandbox", "limits", cwd=several)
    assert done.returncode == 0, done.stderr
    for place, factor in (("ps1/a.py", 2), ("ps1/b.py", 0), ("ps2/c.py", 2)):
        path = tmp_path / "work/modules" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"def double(x):\n    return {factor} * x\n")
    done = run(
        sys.executable, tmp_path / "bundle/autograder.py", cwd=tmp_path / "work",
        CLASSROOM50_BUNDLE_DIR=tmp_path / "bundle", TITO=TITO, **GIVEN,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "work/result.json").read_text())
    # Its points are whole: two for one of ours.
    assert (result["score"], result["max-score"]) == (11, 16), result
