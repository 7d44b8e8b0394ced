"""`tito release --vscode`: its tasks run, and its patterns find the student's lines in real reports."""

import json
import re
import shutil
import subprocess
import sys

import pytest

WORK = "modules/01_double/double_dev.py"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"


@pytest.fixture(scope="module")
def workspace(new_course, tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("edited"))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("release", "--vscode", "--out", "ws").code == 0
    return course.root / "ws"


def tasks(workspace):
    return json.loads((workspace / ".vscode/tasks.json").read_text("utf-8"))


def reported(workspace, answer):
    """Run the first task as VS Code does, on a lesson with this answer, and return the lines that it prints."""
    path, stub = workspace / WORK, (workspace / ".tito/stubs/01_double/double_dev.py").read_text("utf-8")
    path.write_text(stub.replace(STUB, answer), "utf-8")
    content = tasks(workspace)
    words = [WORK if word == "${file}" else word for word in content["tasks"][0]["args"]]
    settings = {"PATH": "", "PYTHONUTF8": "1", **content["options"]["env"]}
    done = subprocess.run([sys.executable, *words], cwd=workspace, env=settings, capture_output=True, check=False)
    return done.stdout.decode().splitlines()


def found(workspace, lines, search):
    matchers = tasks(workspace)["tasks"][0]["problemMatcher"]
    patterns = [(each["owner"], each["pattern"]) for each in matchers]
    hits = [(owner, search(each["regexp"], line), each) for owner, each in patterns for line in lines]
    return [(owner, hit[each["file"]], int(hit[each["line"]])) for owner, hit, each in hits if hit]


def in_python(regexp, line):
    return re.search(regexp, line)


def in_node(regexp, line):
    script = "console.log(JSON.stringify(new RegExp(process.argv[1]).exec(process.argv[2])))"
    told = subprocess.run([shutil.which("node"), "-e", script, regexp, line], capture_output=True, check=True).stdout
    return json.loads(told)


@pytest.mark.parametrize(
    "search",
    [in_python, pytest.param(in_node, marks=pytest.mark.skipif(not shutil.which("node"), reason="no Node here"))],
)
@pytest.mark.parametrize(
    ("answer", "owner"),
    [("return 2 *", "tito-syntax"), ("return 1 / 0", "tito-yours"), (STUB, "tito-to-do")],
)
def test_the_patterns_find_the_students_line(workspace, search, answer, owner):
    text = (workspace / ".tito/stubs/01_double/double_dev.py").read_text("utf-8").replace(STUB, answer)
    line = next(number for number, each in enumerate(text.splitlines(), 1) if answer.splitlines()[-1].strip() in each)
    assert (owner, WORK, line) in found(workspace, reported(workspace, answer), search)


def test_what_passes_has_no_problem(workspace):
    assert found(workspace, reported(workspace, "return 2 * x"), in_python) == []
