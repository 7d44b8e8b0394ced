"""IPython's lines: left out line for line, and nothing else touched."""

import pytest

from tito.source.magics import without_magics

LEFT_OUT = {
    "a line magic": ("%matplotlib inline\na = 1", "pass  # %matplotlib inline\na = 1", ("%matplotlib inline",)),
    "a shell line in a block": ("if a:\n    !ls\nb = 2", "if a:\n    pass  # !ls\nb = 2", ("!ls",)),
    "a magic in a method": ("class A:\n    def f(self):\n        %cd x\n", "class A:\n    def f(self):\n        pass  # %cd x\n", ("%cd x",)),
    "a timed statement": ("if a:\n    %time b = f(1)", "if a:\n    b = f(1)", ()),
    "a timed command": ("%time !ls", "pass  # %time !ls", ("%time !ls",)),
    "a timed statement of two lines": ("%time f(1, \\\n  2)", "pass  # %time f(1,\n#   2)", ("%time f(1, \\",)),
    "an assigned shell line": ("files = !ls\nb = 2", "files = None\nb = 2", ("files = !ls",)),
    "an assigned magic": ("a.b[0], c = %who_ls", "a.b[0], c = None", ("a.b[0], c = %who_ls",)),
    "help": ("np.sum?\nb = 2", "pass  # np.sum?\nb = 2", ("np.sum?",)),
    "help before": ("??np.sum", "pass  # ??np.sum", ("??np.sum",)),
    "help on a magic": ("%time?", "pass  # %time?", ("%time?",)),
    "a timed cell": ("%%time\na = 1", "pass  # %%time\na = 1", ("%%time",)),
    "a captured cell with a magic": ("\n%%capture out\n%x\na = 1", "\npass  # %%capture out\npass  # %x\na = 1", ("%%capture out", "%x")),
    "a cell for another language": ("%%bash\nrm -rf x", "# %%bash\n# rm -rf x", ("%%bash",)),
    "a cell that would be a file": ("%%writefile numpy.py\na = 1", "# %%writefile numpy.py\n# a = 1", ("%%writefile numpy.py",)),
    "continued lines": ("!pip install \\\n  a \\\n  b\nc = 1", "pass  # !pip install\n#   a \\\n#   b\nc = 1", ("!pip install \\",)),
    "beside a string": ("!ls\ns = '''\n%d\n'''", "pass  # !ls\ns = '''\n%d\n'''", ("!ls",)),
    "beside brackets": ("!ls\nx = (a\n% b)", "pass  # !ls\nx = (a\n% b)", ("!ls",)),
    "beside a continued line": ("x = a \\\n  %b\n!ls", "x = a \\\n  %b\npass  # !ls", ("!ls",)),
    "behind a quote in a comment": ("# it's '''\n!ls", "# it's '''\npass  # !ls", ("!ls",)),
    "with quotes of its own": ("!echo '''(\na = 1\n!ls", "pass  # !echo '''(\na = 1\npass  # !ls", ("!echo '''(", "!ls")),
    "before the student's own mistake": ("%x\ndef f(:", "pass  # %x\ndef f(:", ("%x",)),
}  # fmt: skip

KEPT = {
    "Python": "a = 1",
    "a magic in a string": "a = '''\n%x\n!ls\n'''",
    "a modulo at a line's start": "x = (a\n%b)",
    "a string that asks": "ask = 'why?'\n# why?",
    "not equal": "if a != b: pass",
    "no Python": "def f(:",
    "an open string": "s = '''\n!ls",
    "an open bracket": "s = (\n!ls",
    "an assignment that is none": "x == !ls",
    "a rest": "x = 5 %\n3",
    "empty": "",
}


@pytest.mark.parametrize(("source", "cleaned", "left_out"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_magics_are_left_out_line_for_line(source, cleaned, left_out):
    assert without_magics(source) == (cleaned, left_out)
    assert cleaned.count("\n") == source.count("\n")


@pytest.mark.parametrize("source", KEPT.values(), ids=KEPT)
def test_what_is_no_magic_is_kept(source):
    assert without_magics(source) == (source, ())


@pytest.mark.parametrize(
    "source",
    ["\n" * 200_000 + "!x", "? " * 100_000, "= " * 100_000 + "!", "'" * 200_000 + "\n!x", "a" * 200_000 + "?", "(" * 200_000 + "\n!"],
    ids=["blanks", "questions", "equals", "quotes", "a long name", "brackets"],
)  # fmt: skip
def test_long_cells_are_read_in_one_pass(source):
    assert without_magics(source)[0].count("\n") == source.count("\n")
