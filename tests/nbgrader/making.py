"""An nbgrader course as instructors have them: three assignments of three notebooks, twenty students, a database.

`python making.py DIR` writes it; nbgrader's own commands then release, collect and grade it.
"""

import json
import random
import sys
from pathlib import Path

CONFIG = """c = get_config()
COURSE = "stats"
c.CourseDirectory.course_id = COURSE + "101"
c.IncludeHeaderFooter.header = "source/header.ipynb"
c.IncludeHeaderFooter.footer = "source/footer.ipynb"
c.ExecutePreprocessor.timeout = 5
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\\nraise NotImplementedError()"}
"""
STUDENTS = [f"s{number:02}" for number in range(20)]


def md(text, **entry):
    return ("markdown", text, entry)


def code(text, **entry):
    return ("code", text, entry)


def solution(name, text, **more):
    return code(text, grade=False, grade_id=name, locked=False, schema_version=3, solution=True, task=False, **more)


def tests(name, points, text, **more):
    entry = {
        "grade": True,
        "grade_id": name,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
    }
    return code(text, **(entry | {"task": False} | more))


def manual(name, points, text):
    return md(
        text, grade=True, grade_id=name, locked=False, points=points, schema_version=3, solution=True, task=False
    )


def task(name, points, text):
    return md(
        text, grade=False, grade_id=name, locked=True, points=points, schema_version=3, solution=False, task=True
    )


def given(name, text):
    return code(text, grade=False, grade_id=name, locked=True, schema_version=3, solution=False, task=False)


WEEK1 = {
    "functions": [
        md("# Week 1: functions"),
        solution(
            "area",
            'def area(width, height):\n    """Return a rectangle\'s area."""\n    ### BEGIN SOLUTION\n    if width < 0 or height < 0:\n        raise ValueError(\'negative\')\n    return width * height\n    ### END SOLUTION',
        ),
        code("area(2, 3)"),
        tests("area-known", 2, '"""Known areas."""\nassert area(2, 3) == 6\nassert area(0, 3) == 0'),
        tests(
            "area-hidden",
            2,
            "assert area(1, 1) == 1\n### BEGIN HIDDEN TESTS\nassert area(7, 8) == 56\nassert area(1.5, 2) == 3\n### END HIDDEN TESTS",
        ),
        tests(
            "area-raises",
            1,
            "try:\n    area(-1, 2)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('did not raise')",
        ),
        solution(
            "total",
            "def total(sides):\n    ### BEGIN SOLUTION\n    return sum(area(w, h) for w, h in sides)\n    ### END SOLUTION",
        ),
        tests("total-sum", 2, "assert total([(1, 2), (3, 4)]) == 14\nassert total([]) == 0"),
        tests(
            "total-uses-area",
            1,
            "old_area = area\ndel area\ntry:\n    total([(1, 1)])\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('total does not use area')\nfinally:\n    area = old_area",
        ),
    ],
    "frames": [
        md("# Week 1: frames\nThe data lie in `data/plants.csv`."),
        given(
            "setup",
            "import pandas as pd\nfrom tools import clean\n%time plants = clean(pd.read_csv('data/plants.csv'))",
        ),
        solution(
            "tallest",
            "def tallest(frame):\n    ### BEGIN SOLUTION\n    return frame.loc[frame['height'].idxmax(), 'name']\n    ### END SOLUTION",
        ),
        tests(
            "tallest-of-all",
            3,
            "assert tallest(plants) == 'oak'\n### BEGIN HIDDEN TESTS\nassert tallest(plants[plants['name'] != 'oak']) == 'birch'\n### END HIDDEN TESTS",
        ),
        solution("by-kind", "### BEGIN SOLUTION\nmeans = plants.groupby('kind')['height'].mean()\n### END SOLUTION"),
        tests(
            "by-kind-values",
            3,
            "assert isinstance(means, pd.Series)\nassert round(means['tree'], 2) == 17.5\nassert list(means.index) == ['herb', 'tree']",
        ),
        solution(
            "metres",
            "def metres(frame):\n    ### BEGIN SOLUTION\n    made = frame.copy()\n    made['cm'] = made['height'] * 100\n    return made\n    ### END SOLUTION",
        ),
        tests(
            "metres-frame",
            2,
            "pd.testing.assert_frame_equal(metres(plants)[['name', 'height']], plants[['name', 'height']])\nassert (metres(plants)['cm'] == plants['height'] * 100).all()",
        ),
    ],
    "essay": [
        md("# Week 1: words"),
        manual(
            "why",
            3,
            "Because a mean hides the spread.\n\n### BEGIN MARK SCHEME\nOne point for each reason.\n### END MARK SCHEME",
        ),
        task(
            "explore",
            4,
            "Explore another data set.\n\n### BEGIN MARK SCHEME\nFour points for a picture.\n### END MARK SCHEME",
        ),
        solution("answer", "### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION"),
        tests("answer-is", 1, "assert answer == 42"),
    ],
}
WEEK2 = {
    "state": [
        md("# Week 2: state"),
        given("counter", "count = 0\ndef up():\n    global count\n    count += 1\n    return count"),
        solution("bump", "### BEGIN SOLUTION\nup()\nup()\n### END SOLUTION"),
        tests("bumped", 2, "assert count == 2"),
        solution("rebind", "### BEGIN SOLUTION\nnames = sorted(['c', 'a'])\n### END SOLUTION"),
        tests("rebound", 2, "assert names == ['a', 'c']"),
        solution("again", "### BEGIN SOLUTION\nnames = [name.upper() for name in names]\n### END SOLUTION"),
        tests("rebound-again", 2, "assert names == ['A', 'C']"),
        solution(
            "grow", "def grow(items):\n    ### BEGIN SOLUTION\n    items.append(len(items))\n    ### END SOLUTION"
        ),
        tests("grown", 2, "box = []\ngrow(box)\ngrow(box)\nassert box == [0, 1]"),
    ],
    "partial": [
        md("# Week 2: parts"),
        solution(
            "facts",
            "def fact(n):\n    ### BEGIN SOLUTION\n    return 1 if n < 2 else n * fact(n - 1)\n    ### END SOLUTION",
        ),
        tests(
            "fact-parts",
            4,
            "right = 0\nfor n, wanted in [(0, 1), (1, 1), (3, 6), (5, 120)]:\n    try:\n        right += fact(n) == wanted\n    except Exception:\n        pass\nright",
        ),
        tests("fact-all", 2, "assert [fact(n) for n in range(6)] == [1, 1, 2, 6, 24, 120]"),
        manual("cost", 2, "It takes n steps."),
    ],
    "printing": [
        md("# Week 2: printing"),
        solution(
            "greet", "def greet(name):\n    ### BEGIN SOLUTION\n    print(f'Hello, {name}!')\n    ### END SOLUTION"
        ),
        tests(
            "greets",
            2,
            "import io, contextlib\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    greet('Ada')\nassert out.getvalue() == 'Hello, Ada!\\n'",
        ),
        solution(
            "ask", "def ask():\n    ### BEGIN SOLUTION\n    return int(input('How many? ')) * 2\n    ### END SOLUTION"
        ),
        tests(
            "asks",
            2,
            "from unittest import mock\nwith mock.patch('builtins.input', return_value='4'):\n    assert ask() == 8",
        ),
    ],
}
WEEK3 = {
    "classes": [
        md("# Week 3: classes"),
        solution(
            "account",
            "class Account:\n    ### BEGIN SOLUTION\n    def __init__(self, owner, balance=0):\n        self.owner = owner\n        self.balance = balance\n\n    def pay(self, amount):\n        if amount > self.balance:\n            raise ValueError('too little')\n        self.balance -= amount\n        return self.balance\n\n    def __eq__(self, other):\n        return self.balance == other.balance\n    ### END SOLUTION",
        ),
        tests(
            "account-pays",
            3,
            "mine = Account('Ada', 10)\nassert mine.pay(4) == 6\nassert mine.balance == 6\nassert mine.owner == 'Ada'",
        ),
        tests("account-refuses", 2, "import pytest\nwith pytest.raises(ValueError):\n    Account('Bo').pay(1)"),
        tests("account-equal", 1, "assert Account('a', 3) == Account('b', 3)"),
    ],
    "arrays": [
        md("# Week 3: arrays"),
        given("numbers", "import numpy as np\nnp.random.seed(1)\nnoise = np.random.normal(size=50)"),
        solution(
            "scale",
            "def scale(x):\n    ### BEGIN SOLUTION\n    return (x - x.mean()) / x.std()\n    ### END SOLUTION",
        ),
        tests(
            "scaled",
            3,
            "assert np.allclose(scale(np.array([1.0, 2.0, 3.0])), [-1.22474487, 0, 1.22474487])\n### BEGIN HIDDEN TESTS\nassert abs(scale(noise).mean()) < 1e-9\nassert np.isclose(scale(noise).std(), 1)\n### END HIDDEN TESTS",
        ),
        solution(
            "walk",
            "def walk(steps, seed):\n    ### BEGIN SOLUTION\n    rng = np.random.default_rng(seed)\n    return rng.choice([-1, 1], size=steps).cumsum()\n    ### END SOLUTION",
        ),
        tests(
            "walked",
            2,
            "path = walk(100, 3)\nassert path.shape == (100,)\nassert set(np.abs(np.diff(path))) == {1}\nassert (walk(100, 3) == path).all()",
        ),
    ],
    "old": [
        # As nbgrader 0.4 wrote them, and people by hand.
        md("# Week 3: an old notebook"),
        code(
            "def half(x):\n    # BEGIN SOLUTION here\n    return x / 2\n    # END SOLUTION here",
            solution=True,
            grade_id="half",
        ),
        code("assert half(3) == 1.5", grade=True, solution=False, grade_id="half-1", points="1", locked=True),
        code(
            "assert half(-1) == -0.5",
            grade=True,
            grade_id="half-2",
            points=1.5,
            locked=True,
            schema_version=1,
            solution=False,
        ),
        code(
            "double = lambda x: 2 * x", solution=True, grade=False, locked=False, grade_id="double", schema_version=2
        ),
        code(
            "assert double(4) == 8",
            grade=True,
            solution=False,
            locked=True,
            grade_id="double-test",
            points=2,
            schema_version=2,
        ),
    ],
}
# From these lines, nbgrader makes tests out of what the reference answers.
AUTOTESTS = """python3:
  setup: "from hashlib import sha1"
  hash: 'sha1({{snippet}}.encode("utf-8")+b"{{salt}}").hexdigest()'
  dispatch: "type({{snippet}})"
  normalize: "str({{snippet}})"
  check: 'assert {{snippet}} == "{{value}}", "{{message}}"'
  success: "print('Success!')"
  templates:
    default:
      - test: "type({{snippet}})"
        fail: "type of {{snippet}} is not correct"
      - test: "{{snippet}}"
        fail: "value of {{snippet}} is not correct"
    float:
      - test: "type({{snippet}})"
        fail: "type of {{snippet}} is not float"
      - test: "round({{snippet}}, 2)"
        fail: "value of {{snippet}} is not correct (rounded to 2 decimal places)"
    list:
      - test: "len({{snippet}})"
        fail: "length of {{snippet}} is not correct"
      - test: "sorted(map(str, {{snippet}}))"
        fail: "values of {{snippet}} are not correct"
"""
WEEK2["automatic"] = [
    md("# Week 2: automatic tests"),
    solution("median", "def median(numbers):\n    ### BEGIN SOLUTION\n    return sorted(numbers)[len(numbers) // 2] / 1\n    ### END SOLUTION"),
    tests("median-auto", 3, "### AUTOTEST median([3, 1, 2]); median([1])"),
    solution("words", "### BEGIN SOLUTION\nwords = ['b', 'a']\n### END SOLUTION"),
    tests("words-auto", 2, "### HASHED AUTOTEST words\nassert words[0] != words[1]"),
]  # fmt: skip
COURSE = {"week1": WEEK1, "week2": WEEK2, "week3": WEEK3}
BESIDE = {
    "../autotests.yml": AUTOTESTS,
    "week1/data/plants.csv": "name,kind,height\noak,tree,20\nbirch,tree,15\nmint,herb,0.5\n,herb,\n",
    "week1/tools.py": "def clean(frame):\n    return frame.dropna().reset_index(drop=True)\n",
}
# What students write in place of each solution: wrong in ways that students are.
WRONG = {
    "area": ["def area(width, height):\n    return width + height", "def area(width, height):\n    return width * height", "def area(width, height):\n    if min(width, height) < 0: raise ValueError\n    return int(width * height)"],
    "total": ["def total(sides):\n    return sum(w * h for w, h in sides)", "def total(sides):\n    while True: pass"],
    "tallest": ["def tallest(frame):\n    return 'oak'", "def tallest(frame):\n    return frame['name'].max()"],
    "by-kind": ["means = plants.groupby('kind')['height'].median()", "means = {'tree': 17.5, 'herb': 0.5}"],
    "metres": ["def metres(frame):\n    frame['cm'] = frame['height'] * 100\n    return frame", "def metres(frame):\n    return frame"],
    "answer": ["answer = 41", "answer ="],
    "bump": ["up()", "count = 2"],
    "rebind": ["names = ['c', 'a']"],
    "again": ["pass", "names = ['A', 'C']"],
    "grow": ["def grow(items):\n    items = items + [len(items)]"],
    "facts": ["def fact(n):\n    return n * fact(n - 1) if n else 1", "def fact(n):\n    return n", "def fact(n):\n    return 1 / 0"],
    "greet": ["def greet(name):\n    print('Hello,', name)", "def greet(name):\n    return f'Hello, {name}!'"],
    "ask": ["def ask():\n    return int(input()) + 2"],
    "account": ["class Account:\n    def __init__(self, owner, balance=0):\n        self.owner, self.balance = owner, balance\n    def pay(self, amount):\n        self.balance -= amount\n        return self.balance"],
    "scale": ["def scale(x):\n    return x - x.mean()"],
    "walk": ["def walk(steps, seed):\n    return np.random.choice([-1, 1], size=steps).cumsum()", "def walk(steps, seed):\n    return list(range(steps))"],
    "median": ["def median(numbers):\n    return numbers[len(numbers) // 2]", "def median(numbers):\n    return sum(numbers) / len(numbers)"],
    "words": ["words = ['a', 'b']", "words = ['a']", "words = ('b', 'a')"],
    "half": ["def half(x):\n    return x // 2"],
    "double": ["double = lambda x: x"],
}  # fmt: skip


def notebook(cells):
    made = [
        {"cell_type": kind, "metadata": {"nbgrader": entry} if entry else {}, "source": text}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for kind, text, entry in cells
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}, indent=1)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def solved(source):
    """Return a cell's source as a student who knows it all would have written it."""
    lines = source.split("\n")
    return "\n".join(line for line in lines if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line)


def make(root):
    """Write the instructor's side of the course."""
    write(root / "nbgrader_config.py", CONFIG)
    write(root / "source/header.ipynb", notebook([md("*Restart the kernel before you hand in.*"), code("NAME = ''")]))
    write(root / "source/footer.ipynb", notebook([md("*That is all.*")]))
    for name, notebooks in COURSE.items():
        for title, cells in notebooks.items():
            write(root / f"source/{name}/{title}.ipynb", notebook(cells))
    for name, text in BESIDE.items():
        write(root / "source" / name, text)


def hand_in(root):
    """Write what twenty students hand in, out of what nbgrader released: all right, all wrong, and in between."""
    chance = random.Random(13)  # noqa: S311 - a class that is the same every time
    for number, student in enumerate(STUDENTS):
        for name, notebooks in COURSE.items():
            if chance.random() < 0.05:
                continue
            for title, cells in notebooks.items():
                released = json.loads((root / f"release/{name}/{title}.ipynb").read_text("utf-8"))
                share = (0, 1, 0.5)[number % 3] if number < 18 else 0.8
                _answer(released, {entry.get("grade_id"): text for _, text, entry in cells}, chance, share)
                write(root / f"submitted/{student}/{name}/{title}.ipynb", json.dumps(released))
            day = 1 + number % 3
            write(root / f"submitted/{student}/{name}/timestamp.txt", f"2026-03-0{day} 12:00:00 UTC\n")


def _answer(released, sources, chance, wrong):
    for cell in released["cells"]:
        entry = cell["metadata"].get("nbgrader", {})
        name = entry.get("grade_id")
        text = "".join(cell["source"])
        if entry.get("solution") and name in sources:
            if chance.random() >= wrong:
                cell["source"] = solved(sources[name])
            elif chance.random() < 0.8 and name in WRONG:
                cell["source"] = chance.choice(WRONG[name])
        elif entry.get("grade") and chance.random() < 0.03:
            # Whoever edits a test gets the instructor's all the same.
            cell["source"] = text + "\nassert True"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    hand_in(folder) if sys.argv[2:] == ["hand-in"] else make(folder)
