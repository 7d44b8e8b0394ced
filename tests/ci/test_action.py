"""The GitHub action, its steps run by bash as a runner runs them, on a student's repository that fights back."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
TITO = Path(sys.executable).parent / "tito"
BAIT = "::error::owned\n::set-output name=score::99\n##[error]owned\n::stop-commands::x\n::add-path::/tmp"
MODULE = """
# %%
#| default_exp core.double

# %% nbgrader={"solution": true, "grade_id": "double"}
#| export
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-double", "points": 2.5}
def test_double():
    assert double(2) == 4, f"double(2) is 4, got {double(2)}"

# %% nbgrader={"grade": true, "grade_id": "t-zero", "points": 1.5}
def test_zero():
    assert double(0) == 0
"""
WORK = f"""
print({BAIT!r})


def double(x):
    print({BAIT!r})
    return 2 * x if x == 0 else {{answer}}
"""
EVIL = "import pathlib\npathlib.Path({!r}).write_text('imported')\n"
pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and TITO.exists()), reason="git or an installed tito is missing"
)


def run(*command, cwd, **fields):
    return subprocess.run(list(map(str, command)), cwd=cwd, check=True, capture_output=True, text=True, **fields)


def commit(folder):
    run("git", "init", "-q", cwd=folder)
    run("git", "add", "-A", cwd=folder)
    run("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x", cwd=folder)
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in a git repository; and the commit that grades."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "modules/01_double").mkdir(parents=True)
    (folder / "tito.toml").write_text('name = "mini"\npackage = "mini"\ntest_seconds = 2\n')
    (folder / "modules/01_double/double_dev.py").write_text(MODULE)
    run(TITO, "lock", cwd=folder)
    run(TITO, "rubric", "init", "01", cwd=folder)
    return folder, commit(folder)


class Runner:
    """As much of GitHub's runner as the action's steps use."""

    def __init__(self, root, course, **inputs):
        self.student, self.temp = root / "student", root / "temp"
        for folder in (self.student, self.temp):
            folder.mkdir()
        for name in ("output", "summary", "env", "path"):
            (self.temp / name).touch()
        given = {name: each.get("default", "") for name, each in ACTION["inputs"].items()}
        given |= {"module": "01", "submission": "work.py", "course": course[0].as_uri(), "course-ref": course[1]}
        self.inputs = {**given, "sandbox": "limits", "tito": str(TITO), **inputs}
        self.outputs, self.log, self.codes = {}, "", {}

    def value(self, expression):
        """Evaluate `${{ … }}` for the few expressions that the action uses."""
        scope, *rest = expression.strip().split(".")
        if scope == "inputs":
            return self.inputs[rest[0]]
        if scope == "steps":
            return self.outputs.get(rest[0], {}).get(rest[2], "")
        return {"actor": "ann", "action_path": str(ROOT)}[rest[0]]

    def filled(self, text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: self.value(match[1]), str(text))

    def wanted(self, step, *, failed):
        condition = step.get("if", "")
        if not condition:
            return not failed
        return not re.search(r"steps\.grade\.outputs\.code != ''", condition) or bool(
            self.value("steps.grade.outputs.code")
        )

    def run(self):
        failed = False
        for step in STEPS:
            if "run" not in step or not self.wanted(step, failed=failed):
                continue
            output = self.temp / "output"
            output.write_text("")
            files = {f"GITHUB_{name.upper()}": str(self.temp / name) for name in ("output", "env", "path")}
            files["GITHUB_STEP_SUMMARY"] = str(self.temp / "summary")
            own = {name: self.filled(value) for name, value in step.get("env", {}).items()}
            settings = {
                "PATH": os.environ["PATH"],
                "HOME": str(self.student),
                "RUNNER_TEMP": str(self.temp),
                "SECRET": "s3cret",
            }
            settings |= {"GITHUB_WORKSPACE": str(self.student), "GITHUB_ACTIONS": "true", **files, **own}
            done = subprocess.run(
                [shutil.which("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.student, env=settings, capture_output=True, text=True, check=False, timeout=300,
            )  # fmt: skip
            self.log += done.stdout + done.stderr
            self.codes[step["name"]] = done.returncode
            failed = failed or done.returncode != 0
            if "id" in step:
                self.outputs[step["id"]] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return self

    def commands(self):
        """Return the commands that the runner would obey: at the start of a line, unless commands are stopped."""
        found, stopped = [], ""
        for line in self.log.splitlines():
            text = line.lstrip()
            if stopped:
                stopped = "" if text == f"::{stopped}::" else stopped
            elif text.startswith("::stop-commands::"):
                stopped = text.removeprefix("::stop-commands::")
            elif text.startswith("::") or "##[" in text:
                found.append(text)
        assert not stopped
        return found


@pytest.fixture
def runner(tmp_path, course):
    return lambda **inputs: Runner(tmp_path, course, **inputs)


def test_no_expression_is_pasted_into_a_script():
    assert not [step["name"] for step in STEPS if "${{" in step.get("run", "")]


def test_every_action_that_is_used_is_pinned_to_a_commit():
    example = (ROOT / "examples/github/grade.yml").read_text("utf-8")
    used = re.findall(r"uses: (\S+)", example) + [step["uses"] for step in STEPS if "uses" in step]
    assert len(used) == 4
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []


def test_the_example_gives_the_action_what_it_takes():
    example = yaml.safe_load((ROOT / "examples/github/grade.yml").read_text("utf-8"))
    (given,) = [step["with"] for step in example["jobs"]["grade"]["steps"] if "module" in step.get("with", {})]
    required = {name for name, each in ACTION["inputs"].items() if each.get("required")}
    assert required <= given.keys() <= ACTION["inputs"].keys()
    assert example["permissions"] == {"contents": "read"}


def test_a_push_is_graded_and_reported_and_fails_below_its_mark(runner):
    job = runner()
    (job.student / "work.py").write_text(WORK.replace("{answer}", "x"))
    job.run()
    assert job.codes["Pass or fail"] == 1
    assert job.outputs["report"] == {"status": "1 of 2 not passed", "score": "1.5", "possible": "4"}
    commands = job.commands()
    assert [each.partition(" ")[0] for each in commands] == ["::error", "::notice", "::notice"]
    assert commands[0].startswith("::error title=T double%3A failed (0/2.5),file=work.py,line=5::")
    assert "Points 1.5/4" in commands[1]
    assert "**1.5 of 4 points" in (job.temp / "summary").read_text()
    folder = Path(job.outputs["prepare"]["folder"])
    assert json.loads((folder / "result.json").read_text())["data"]["grades"][0]["student"] == "ann"
    assert (folder / "pages/students/ann.html").is_file()
    assert (job.temp / "env").read_text() == (job.temp / "path").read_text() == ""


def test_the_mark_decides(runner):
    job = runner(**{"fail-under": "30"})
    (job.student / "work.py").write_text(WORK.replace("{answer}", "x"))
    assert job.run().codes["Pass or fail"] == 0


def test_what_a_student_puts_beside_the_work_is_never_imported(runner, tmp_path):
    job = runner()
    trace = tmp_path / "trace"
    (job.student / "work.py").write_text(WORK.replace("{answer}", "2 * x"))
    for name in (
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
        "numpy.py",
        "tito/__init__.py",
        "pytest.py",
        "evil.py",
    ):
        path = job.student / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(EVIL.format(str(trace)))
    (job.student / "pytest.ini").write_text("[pytest]\naddopts = -p evil\n")
    (job.student / "pyproject.toml").write_text(
        '[tool.tito]\nname = "mine"\n[tool.pytest.ini_options]\naddopts = "-p evil"\n'
    )
    (job.student / "graders/01_double").mkdir(parents=True)
    (job.student / "graders/01_double/test_double.py").write_text("def test_double(): pass\n")
    (job.student / ".gitconfig").write_text(
        '[core]\n\tsshCommand = false\n[url "file:///nowhere"]\n\tinsteadOf = file://\n'
    )
    job.run()
    assert not trace.exists()
    assert job.codes["Pass or fail"] == 0
    assert job.outputs["report"]["score"] == "4"


@pytest.mark.parametrize("ref", ["main", "v1", "0000000", "--upload-pack=touch owned"])
def test_a_course_that_is_not_pinned_is_refused(ref, runner):
    job = runner(**{"course-ref": ref})
    (job.student / "work.py").write_text("")
    job.run()
    assert job.codes["Take the course from its pinned commit"] == 3
    assert job.codes["Pass or fail"] == 4
    assert job.commands() == [
        "::error title=course-ref is not pinned::Give the full commit of the course, 40 hexadecimal digits."
    ]


@pytest.mark.parametrize("submission", ["../temp/output", "/etc/passwd", "gone.py", "$(touch owned).py"])
def test_a_submission_that_is_not_there_is_no_grade(submission, runner):
    job = runner(submission=submission).run()
    assert job.codes["Pass or fail"] == 2
    assert "score" not in job.outputs.get("report", {})
    assert not (job.student / "owned").exists()


def test_a_file_that_cannot_be_read_fails_with_its_reason(runner):
    job = runner()
    (job.student / "work.py").write_bytes(b"\xff\xfe\x00")
    job.run()
    assert job.codes["Pass or fail"] == 1
    assert any("This file cannot be read" in each for each in job.commands())
