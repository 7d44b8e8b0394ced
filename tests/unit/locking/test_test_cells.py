"""Test cells: which functions are tests, which are helpers, and what becomes of bare statements."""

import ast
import subprocess
import sys

import pytest

from tito.errors import CourseError
from tito.locking.grader_module import generate
from tito.source import parse


def collected(notebook, cell, solution="f = abs"):
    return generate(notebook(f"-- solution\n{solution}\n-- test\n{cell}"), "m", "submission").blocks[-1].tests


RUN = {
    "a function": ("def test_a(): assert f(1)", ("test_a",)),
    "called by its cell": ("def test_a(): assert f(1)\ntest_a()", ("test_a",)),
    "called if it is the program": ("def test_a(): assert f(1)\nif __name__ == '__main__':\n    test_a()\n    print('ok')", ("test_a",)),
    "called beside a value": ("n = 3\ndef test_a(): assert f(n)\ntest_a()", ("test_a",)),
    "called beside an import": ("import math\ndef test_a(): assert f(1)\ntest_a()", ("test_a",)),
    "with a fixture": ("def test_a(capsys, tmp_path, uses): assert f(1)", ("test_a",)),
    "with the cell's own fixture": ("import pytest\n@pytest.fixture\ndef k(): return 1\ndef test_a(k): assert f(k)", ("test_a",)),
    "with parameters": ("import pytest\n@pytest.mark.parametrize('a, b', [(1, 1)])\ndef test_a(a, b): assert f(a) == b", ("test_a",)),
    "with parameters in a list": ("import pytest\n@pytest.mark.parametrize(['a'], [(1,)])\ndef test_a(a): assert f(a)", ("test_a",)),
    "with a default": ("def test_a(n=3, *, m=4): assert f(n) == m", ("test_a",)),
    "handed arguments by a decorator": ("@given(ints())\ndef test_a(n): assert f(n)", ("test_a",)),
    "with arguments that nobody gives": ("def test_a(n): assert f(n) == n", ()),
    "called with arguments": ("def test_a(n=1): assert f(n) == n\ntest_a(2)", ("test_t1",)),
    "called for its value": ("def test_a(): return f(1)\nassert test_a() == 1", ("test_t1",)),
    "called among bare statements": ("n = 3\ndef test_a(): assert f(n)\ntest_a()\nassert n", ("test_t1",)),
    "beside bare statements": ("def test_a(): assert f(1)\nassert f(2)", ("test_a", "test_t1")),
    "a class": ("class TestA:\n    def test_x(self): assert f(1)", ("TestA",)),
    "a class with a constructor": ("class TestA:\n    def __init__(self, n): self.n = n\nassert TestA(1).n == f(1)", ("test_t1",)),
    "a test case": ("import unittest\nclass Checks(unittest.TestCase):\n    def test_x(self): pass\nunittest.main(argv=[''], exit=False)", ("Checks",)),
    "bare statements": ("assert f(1)", ("test_t1",)),
    "statements below the guard of a program": ("if __name__ == '__main__':\n    x = f(1)\n    assert x", ("test_t1",)),
    "a call": ("print(f(1))", ("test_t1",)),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "tests"), RUN.values(), ids=RUN)
def test_a_cells_tests_are(notebook, cell, tests):
    assert collected(notebook, cell) == tests


def test_a_wrapped_test_takes_no_name_that_is_used(notebook):
    assert collected(notebook, "assert test_t1", "test_t1 = abs") == ("test_t1_2",)
    assert collected(notebook, "assert test_t1", "test_t1 = test_t1_2 = abs") == ("test_t1_3",)


def test_wrapped_tests_of_like_names_are_told_apart():
    text = '# %% nbgrader={{"grade": true, "grade_id": "{}", "points": 1}}\nassert True\n'
    blocks = generate(parse(text.format("a-b") + text.format("a_b"), "m.py"), "m", "s").blocks
    assert [each.tests for each in blocks] == [("test_a_b",), ("test_a_b_2",)]


def test_a_helper_may_not_take_a_tests_name(notebook):
    cells = "-- test\ndef test_a(): assert 1\n-- test\ndef test_a(n): assert n\ntest_a(2)"
    with pytest.raises(CourseError, match="the test test_a is defined twice"):
        generate(notebook(cells), "m", "s")


WRAPPED = {
    "names stay global": ("a = f(1)\nfor b in (a,): assert b", "    global a, b\n    a = f(1)\n    for b in (a,): assert b"),
    "an annotation goes": ("a: int = f(1)\nassert a", "    global a\n    a = f(1)\n    assert a"),
    "and one without a value": ("if f(1):\n    a: int\nassert f", "    if f(1):\n        pass\n    assert f"),
    "a declaration goes": ("if f(1):\n    global a\n    a = 1\nassert a", "    global a\n    if f(1):\n        pass\n        a = 1\n    assert a"),
    "lines of a string stay": ('a = f(1), """x\ny\n  z"""\nassert a', '    global a\n    a = f(1), """x\ny\n  z"""\n    assert a'),
    "lines of an f-string too": ("a = f'''{f(1)}\ny'''\nassert a", "    global a\n    a = f'''{f(1)}\ny'''\n    assert a"),
    "locals are the notebook's": ("assert f(1) and 'x' in locals()", "    assert f(1) and 'x' in globals()"),
    "dir is the notebook's": ("assert f(1) and 'x' in dir()", "    assert f(1) and 'x' in sorted(globals())"),
    "exec binds there": ("exec('a = f(1)')\nassert a", "    exec('a = f(1)', globals())\n    assert a"),
    "a function's own stay its own": (
        "f(1)\ndef g():\n    a: int = 1\n    return locals()\nassert g()", "    f(1)\n    assert g()",
    ),
    "a last value may be points": ("assert f(1)\nassert f(2)\nf(1) + 1", '    assert f(1)\n    assert f(2)\n    record_property("credit", f(1) + 1)'),
    "what is called last is none": ("assert f(1)\nf(2)", "    assert f(1)\n    f(2)"),
    "but a sum": ("sum([f(1)])", '    record_property("credit", sum([f(1)]))'),
    "awaiting": (
        "a = await f(1)\nassert a", "    async def cell():\n        global a\n        a = await f(1)\n        assert a\n    asyncio.run(cell())",
    ),
    "awaiting within": (
        "a = [n async for n in f(1)]\nassert a",
        "    async def cell():\n        global a\n        a = [n async for n in f(1)]\n        assert a\n    asyncio.run(cell())",
    ),
    "a deleted name": ("a = f(1)\ndel a", "    global a\n    a = f(1)\n    del a"),
    "a walrus": ("assert [n := f(v) for v in (1,)] and n", "    global n\n    assert [n := f(v) for v in (1,)] and n"),
    "what is shown is left out": ("display(f(1))\nassert f(1)", "    assert f(1)"),
    "magics are left out": ("%timeit f(1)\n!ls\nassert f(1)", "    assert f(1)"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "body"), WRAPPED.values(), ids=WRAPPED)
def test_bare_statements_mean_what_they_mean_in_a_notebook(notebook, cell, body):
    text = generate(notebook(f"-- solution\nf = abs\n-- test\n{cell}"), "m", "submission").text
    compile(text, "test_m.py", "exec")
    assert f"):\n{body}\n" in text


def test_plain_values_that_others_read_stand_before_the_test(notebook):
    cells = "-- solution\nf = abs\n-- test\nk = 3\nn = k + 1\nassert f(n)\nm = 5\n-- test\nassert f(n) and m"
    text = generate(notebook(cells), "m", "submission").text
    assert "def test_t1():\n    global k, m, n\n    k = 3\n" in text


def test_a_helper_that_rests_on_imports_stands_before_the_test(notebook):
    cells = "-- given\nimport math\n-- solution\nf = abs\n-- test\ndef area(r): return math.pi * r\nassert f(area(1))\n-- test\nassert f(area(2))"
    assert "# %% t1\ndef area(r): return math.pi * r\n" in generate(notebook(cells), "m", "submission").text


@pytest.mark.parametrize(
    ("given", "head"),
    [
        ("import xml\nimport xml.dom", "import xml\nimport xml.dom\n"),
        ("import xml as x\nfrom xml.dom import Node", "import xml as x\nimport xml.dom as _\n"),
    ],
)
def test_a_module_within_a_library_is_there_as_in_the_notebook(notebook, given, head):
    name = given.partition("\n")[0].split()[-1]
    cells = f"-- given\n{given}\n-- solution\nf = abs\n-- test\nassert f(1) and {name}.dom"
    assert head in generate(notebook(cells), "m", "submission").text


def test_a_plain_value_alone_that_others_read_stands_there(notebook):
    cells = "-- solution\nf = abs\n-- test\nk = [3, max(1, 2)]\nassert f(k[0])\n-- test\nassert f(k[1])"
    assert "# %% t1\nk = [3, max(1, 2)]\n\n\n@pytest" in generate(notebook(cells), "m", "submission").text


def test_a_magic_that_is_left_out_is_noted_with_its_line(notebook):
    notes = generate(
        notebook(
            "-- given\nimport math\n%matplotlib inline\n-- test\n### BEGIN HIDDEN TESTS\n!ls\n### END HIDDEN TESTS\nassert 1"
        ),
        "m",
        "s",
    ).notes
    assert notes == ("m.py:3: `%matplotlib inline` is left out", "m.py:7: `!ls` is left out")


def test_future_imports_and_what_jupyter_shows_come_first(notebook):
    cells = "-- given\nfrom __future__ import annotations\n-- test\ndef test_a():\n    display(1)"
    text = generate(notebook(cells), "m", "s").text
    ast.parse(text)
    assert text.split("\n")[2] == "from __future__ import annotations"
    assert "def display(*_, **__):" in text


def test_an_import_whose_name_is_bound_otherwise_stays_at_its_place(notebook):
    cells = "-- given\ndef root(x): return 0\n-- test\nassert root(1) == 0\n-- given\nfrom math import sqrt as root\n-- test\nassert root(4) == 2"
    text = generate(notebook(cells), "m", "s").text
    assert "# %%\nfrom math import sqrt as root\n\n\n# %% t2" in text


def test_blocks_name_their_lines(notebook):
    cells = "-- given\nk = 1\n-- solution\nx = 1\n-- test\nassert x == k\n-- solution\ny = 1\n-- test\ndef test_b():\n    assert x"
    found = generate(notebook(cells), "m", "submission")
    lines = found.text.split("\n")
    assert [lines[each.first - 1] for each in found.blocks] == ["# %%", "# %% t1", "# %% t2"]
    assert [lines[each.last - 1] for each in found.blocks] == ["k = 1", "    assert x == k", "    assert x"]
    assert [each.after for each in found.blocks] == ["", "s1", "s2"]


def test_pytest_collects_the_tests_alone_and_never_warns(notebook, tmp_path):
    cells = (
        "-- given\nfrom helpers import test_rate\ndef test_near(a, b): return a == b\n"
        "-- solution\ntest_data = [1]\ndef test_it(n): return n\nclass TestIt:\n    def __init__(self): pass\n"
        "-- test\ndef test_f(n, want): assert test_it(n) == want\ntest_f(1, 1)\n"
        "-- test\ndef test_g(): assert test_near(len(test_data), test_rate(1)) and TestIt()"
    )
    (tmp_path / "test_m.py").write_text(generate(notebook(cells), "m", "submission").text)
    (tmp_path / "helpers.py").write_text("def test_rate(n): return n\n")
    (tmp_path / "submission.py").write_text(
        "test_data = [1]\ndef test_it(n): return n\nclass TestIt:\n    def __init__(self): pass\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = criterion\nfilterwarnings = error\npythonpath = .\n")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "--disable-plugin-autoload", str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert run.stdout.split()[:2] == ["test_m.py::test_t1", "test_m.py::test_g"]
    assert "warning" not in run.stdout + run.stderr
