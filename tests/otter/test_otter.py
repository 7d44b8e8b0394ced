"""An assignment of otter-grader's in real otter and in tito: the same notebooks, the same scores, question by question.

Needs otter-grader, which `nox -s otter` installs; elsewhere these tests are skipped, and the summary counts them.
"""

import json
import subprocess
import sys

import pytest

pytest.importorskip("otter")

CONFIG = "# ASSIGNMENT CONFIG\nname: lab01\nexport_cell: false\nfiles:\n  - data.csv\n  - tools.py\n"


def question(config, prompt, solution, *tests):
    """Return a question's cells; a test is its source and what it shows."""
    return [
        ("raw", f"# BEGIN QUESTION\n{config}"), ("markdown", prompt), ("raw", "# BEGIN SOLUTION"), ("code", solution),
        ("raw", "# END SOLUTION"), ("raw", "# BEGIN TESTS"), *(("code", *test) for test in tests),
        ("raw", "# END TESTS"), ("raw", "# END QUESTION"),
    ]  # fmt: skip


MASTER = [
    ("raw", CONFIG), ("markdown", "# Lab 1"), ("code", "import numpy as np\nfrom tools import half"),
    *question("name: q1\npoints: 3", "Square.", "def square(x):\n    y = x * x # SOLUTION NO PROMPT\n    return y # SOLUTION\nnine = square(3) # SOLUTION",
              ("square(1) == 1", "True"), ("# HIDDEN\nsquare(7)", "49"), ("assert nine == 9", "")),
    *question("name: q2\npoints: 1", "Rows.", "# BEGIN SOLUTION\nrows = [line.split(',') for line in open('data.csv').read().split()]\ntotal = sum(int(row[1]) for row in rows)\n# END SOLUTION",
              ("total", "6"), ("np.array([len(rows)])", "array([3])"), ("len(rows) == 3", "True")),
    *question("name: q4\nall_or_nothing: true\npoints: 2", "Sign.", "def sign(x):\n    return (x > 0) - (x < 0) # SOLUTION\nquarter = half(0.5) # SOLUTION",
              ("sign(-3)", "-1"), ("# HIDDEN\nsign(0)", "0"), ("quarter", "0.25")),
]  # fmt: skip
RIGHT = {
    "square": "def square(x):\n    return x * x\nnine = square(3)",
    "...": "rows = [line.split(',') for line in open('data.csv').read().split()]\ntotal = sum(int(row[1]) for row in rows)",
    "sign": "def sign(x):\n    return (x > 0) - (x < 0)\nquarter = half(0.5)",
}
STUDENTS = {
    "right": RIGHT,
    "untouched": {},
    "some": RIGHT
    | {
        "square": "def square(x):\n    return x ** 3\nnine = 9",
        "sign": "def sign(x):\n    return -1\nquarter = 0.25",
    },
    "other": RIGHT
    | {"...": "rows = ['a', 'b']\ntotal = 6", "sign": "def sign(x):\n    return 1 if x > 0 else -1\nquarter = 0.25"},
}


def written(cells):
    made = []
    for kind, text, *shown in cells:
        cell = {"cell_type": kind, "metadata": {}, "source": text}
        outputs = [
            {"output_type": "execute_result", "data": {"text/plain": each}, "metadata": {}, "execution_count": 1}
            for each in shown
            if each
        ]
        made.append(cell | ({"outputs": outputs, "execution_count": 1} if kind == "code" else {}))
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4})


def run(folder, *command):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """An assignment that otter has assigned, tito has imported, and four students have handed in."""
    root = tmp_path_factory.mktemp("lab")
    (root / "data.csv").write_text("a,1\nb,2\nc,3\n")
    (root / "tools.py").write_text("def half(x):\n    return x / 2\n")
    (root / "lab01.ipynb").write_text(written(MASTER))
    run(root, sys.executable, "-m", "otter", "assign", "--no-run-tests", "lab01.ipynb", "dist")
    run(
        root,
        sys.executable,
        "-c",
        "from tito.cli import main; main()",
        "import",
        "otter",
        "lab01.ipynb",
        "--out",
        "ours",
    )
    for student, answers in STUDENTS.items():
        handed_in = json.loads((root / "dist/student/lab01.ipynb").read_text())
        for cell in handed_in["cells"]:
            text = "".join(cell["source"])
            key = next((key for key in answers if text.startswith((f"def {key}", key))), None)
            cell["source"] = answers[key] if key and cell["cell_type"] == "code" else text
        (root / "in" / student).mkdir(parents=True)
        (root / "in" / student / "lab01.ipynb").write_text(json.dumps(handed_in))
    return root


def test_every_question_scores_as_in_otter(lab):
    out = run(
        lab / "ours",
        sys.executable,
        "-c",
        "from tito.cli import main; main()",
        "grade",
        "lab01",
        "../in",
        "--json",
        "-",
    )
    grades = {each["student"]: each for each in json.loads(out)["data"]["grades"]}
    (archive,) = lab.glob("dist/autograder/*.zip")
    for student in STUDENTS:
        path = lab / "in" / student / "lab01.ipynb"
        run(
            lab,
            sys.executable,
            "-m",
            "otter",
            "run",
            str(path),
            "-a",
            str(archive),
            "-o",
            str(path.parent),
            "--no-logo",
        )
        theirs: dict[str, float] = {}
        for test in json.loads((path.parent / "results.json").read_text())["tests"]:
            name = test["name"].split()[0].rstrip(":")
            theirs[name] = theirs.get(name, 0) + test.get("score", 0)
        for name in ("q1", "q2", "q4"):
            ours = sum(each["earned"] for each in grades[student]["criteria"] if each["id"].startswith(f"{name}-"))
            assert ours == pytest.approx(theirs[name], abs=0.002), (student, name, theirs)
