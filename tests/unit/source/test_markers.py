"""Markers: found in comments alone, and named where they are wrong."""

import pytest

from tito.errors import CourseError
from tito.model.document import Kind
from tito.source import parse
from tito.source.markers import check_markers, regions


def faults(body):
    with pytest.raises(CourseError) as caught:
        check_markers(parse(f'# %% nbgrader={{"solution": true, "grade_id": "s"}}\n{body}\n', "a.py"))
    return [str(each) for each in caught.value.problems]


@pytest.mark.parametrize("hashes", ["#", "##", "###", "####"])
def test_regions_have_kind_lines_and_indent(hashes):
    source = f"def f():\n    {hashes} BEGIN SOLUTION\n    return 1\n    {hashes} END SOLUTION\n"
    (found,) = regions(source)
    assert (found.kind, found.first, found.last, found.indent) == ("SOLUTION", 2, 4, "    ")


@pytest.mark.parametrize(
    "source",
    [
        'a = """\n### BEGIN SOLUTION\n"""\n',
        'b = "### END SOLUTION"\n',
        'c = f"""{1}\n### BEGIN SOLUTION\n{2}"""\n',
        'd = """\f\u2028\n### BEGIN SOLUTION\n"""\n',
    ],
)
def test_markers_in_strings_are_none(source):
    assert regions(source) == ()


@pytest.mark.parametrize("before", ["%matplotlib inline", "!echo it's", "%%time", "x = (", "?open", '"""'])
def test_markers_are_found_beside_magics_and_half_written_code(before):
    (found,) = regions(f"{before}\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n")
    assert (found.first, found.last) == (2, 4)


def test_line_separators_within_strings_do_not_move_a_region():
    (found,) = regions('a = "\u2028"\n### BEGIN SOLUTION\nb = "\f"\n### END SOLUTION\n')
    assert (found.first, found.last) == (2, 4)


def test_markdown_has_mark_schemes():
    source = "Explain.\n=== BEGIN MARK SCHEME ===\nfull marks for x\n=== END MARK SCHEME ==="
    (found,) = regions(source, Kind.MARKDOWN)
    assert (found.kind, found.first, found.last) == ("MARK SCHEME", 2, 4)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("### BEGIN SOLUTION\na = 1", "a.py:2: cell s: BEGIN SOLUTION without its END"),
        ("a = 1\n### END SOLUTION", "a.py:3: cell s: END SOLUTION without its BEGIN"),
        ("### BEGIN SOLUTION\n### BEGIN HIDDEN TESTS\n### END SOLUTION", "a.py:3: cell s: BEGIN HIDDEN TESTS inside"),
        ("### BEGIN SOLUTION\n### END HIDDEN TESTS\n### END SOLUTION", "a.py:3: cell s: END HIDDEN TESTS without"),
        ("#begin solution\na = 1", "a.py:2: cell s: `begin solution` is nearly a marker"),
        ("## BEGIN SOLUTON\na = 1", "did you mean `### BEGIN SOLUTION`?"),
        ("# BEGIN SOLUTIONS", "nearly a marker"),
        ("# END HIDDEN TEST", "did you mean `### END HIDDEN TESTS`?"),
        ("# Begin-Mark-Scheme", "did you mean `### BEGIN MARK SCHEME`?"),
        ("### SOLUTION BEGIN", "did you mean `### BEGIN SOLUTION`?"),
        ("### BEGIN SOLUTION: first half", "did you mean `### BEGIN SOLUTION`?"),
        ("a = 1  ### BEGIN SOLUTION", "a.py:2: cell s: the marker `BEGIN SOLUTION` stands behind code"),
        ("a = 1  # begin solution", "stands behind code"),
    ],
)
def test_wrong_markers_are_named_with_line_and_cell(body, told):
    assert told in faults(body)[0]


def test_all_wrong_markers_are_told_at_once():
    assert len(faults("# begin solution\n### END SOLUTION\n### BEGIN HIDDEN TESTS")) == 3


def test_prose_may_speak_of_markers():
    check_markers(parse('# %% [markdown]\n"""\nWrite between `### BEGIN SOLUTION` and its end.\n"""\n', "a.py"))


@pytest.mark.parametrize(
    "comment", ["# begin with the solution", "# end of story", "# start here", "# BEGIN", "a = 1  # a solution"]
)
def test_ordinary_comments_are_no_near_misses(comment):
    check_markers(parse(f"# %%\n{comment}\n", "a.py"))
