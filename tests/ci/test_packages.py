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
    """Gradescope's tree with the zip unpacked, and tito installed by what is installed here."""
    root = tmp_path / "autograder"
    done = run(TITO, "package", "gradescope", "01", "-o", tmp_path / "a.zip", "--sandbox", "limits", cwd=course)
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
