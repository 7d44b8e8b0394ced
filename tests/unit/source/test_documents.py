"""Documents: encodings, notebooks, nbgrader's metadata, and every fault with its place."""

import json
import re
from decimal import Decimal

import nbformat
import pytest

from tito.errors import CourseError, UnreadableError
from tito.model.document import Format, Grading, Kind, Role
from tito.source import nbgrader, parse, write


def notebook(*cells, **keys):
    full = [
        {"cell_type": "code", "metadata": {}, "source": "", "outputs": [], "execution_count": None} | cell
        for cell in cells
    ]
    for place, cell in enumerate(full):
        cell.setdefault("id", f"cell{place}")
        if cell["cell_type"] != "code":
            del cell["outputs"], cell["execution_count"]
    return json.dumps({"cells": full, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | keys)


def graded(**entry):
    return f"# %% nbgrader={json.dumps(entry)}\npass\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfa = 1\r\nb = 2\r", "a = 1\nb = 2"),
        ("# -*- coding: latin-1 -*-\na = 'é'".encode("latin-1"), "# -*- coding: latin-1 -*-\na = 'é'"),
        ("a = 'é'\n".encode(), "a = 'é'"),
    ],
)
def test_encodings_and_line_ends_are_understood(content, text):
    assert parse(content, "a.py").cells[0].source == text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = 1\nb = \x00\n", "a.py:2: it holds a NUL byte. Save it as text."),
        (b"a = 1\nb = '\xff'\n", "a.py:2: it is not utf-8. Save it as UTF-8."),
        ("a = 1\n".encode("utf-16"), "a.py:1: it is UTF-16. Save it as UTF-8."),
        ("a = 1\n".encode("utf-16-le"), "a.py:1: it holds a NUL byte."),
        (b"# coding: punycode\n", "a.py:1: it is punycode, which is not read. Save it as UTF-8."),
        (b"# coding: klingon\n", "a.py:1: unknown encoding"),
        (b"# coding: hex\n", "a.py:1: it is hex, which is not read. Save it as UTF-8."),
        (b"# coding: undefined\n", "a.py:1: it is undefined, which is not read. Save it as UTF-8."),
        ("a = 1\nb = '\ud800'\n", "a.py:2: it holds half a character (a lone surrogate). Save it as text."),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(content, told):
    with pytest.raises(UnreadableError, match=re.escape(told)):
        parse(content, "a.py")


BROKEN = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "no cells": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "cells of null": '{"cells": null, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "source of a number": notebook({"source": 5}),
    "an unknown kind": notebook({"cell_type": "spell"}),
    "deep": '{"a":' * 50_000,
    "metadata of a list": notebook({"metadata": []}),
    "its own metadata of a list": notebook({}, metadata=[]),
    "metadata of null": notebook({"metadata": None}),
    "cells of texts": notebook().replace('"cells": []', '"cells": ["a"]'),
    "a NUL byte": notebook({"source": "a\x00"}),
    "half a character": notebook({"source": "\ud800"}),
    "a conflict": '{\n<<<<<<< HEAD\n "cells": []\n',
    "a conflict within": '{\n "cells": [\n<<<<<<< HEAD\n',
    "a key twice": '{"cells": [], "cells": [], "nbformat": 4, "metadata": {}}',
    "a source of numbers": notebook({"source": ["a", 5]}),
    "a kind that is a list": notebook({"cell_type": ["code"]}),
    "a format that is a text": '{"cells": [], "nbformat": "4", "metadata": {}}',
    "no format": '{"cells": [], "metadata": {}}',
    "a very old format": '{"worksheets": [], "nbformat": 2, "metadata": {}}',
    "an old format without metadata": '{"worksheets": [], "nbformat": 3, "metadata": 5}',
    "an old cell of a number": '{"worksheets": [{"cells": [5]}], "nbformat": 3, "metadata": {}}',
    "a huge number": '{"nbformat": 1' + "0" * 9_000 + "}",
    "a format of 400 digits": '{"cells": [], "metadata": {}, "nbformat": ' + "1" * 400 + "}",
    "a format of 300 digits": '{"cells": [], "metadata": {}, "nbformat": ' + "1" * 300 + "}",
    "a number of 400 digits": notebook(metadata={"x": 10**400}),
    "a format that is true": notebook(nbformat=True),
    "metadata that nests": notebook(metadata={"x": json.loads("[" * 200 + "]" * 200)}),
    "lists without end": notebook()[:-1] + ', "x": [' + "[]," * 1_000_001 + "0]}",
    "more cells than anybody writes": notebook(*[{}] * 2_001),
    "a format of the future": '{"cells": [], "nbformat": 9, "nbformat_minor": 0, "metadata": {}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_notebook_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableError) as caught:
        parse(text, "a.ipynb", lenient=True)
    assert re.match(r"a\.ipynb(\[cell 1\])?(:\d+)?: it", str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_notebook_is_written_back_whole():
    text = notebook(
        {
            "source": "a = 1",
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
            "execution_count": 3,
        },
        {
            "cell_type": "markdown",
            "source": "![x](attachment:x.png)",
            "attachments": {"x.png": {"image/png": "AA=="}},
        },
        metadata={"kernelspec": {"name": "k", "display_name": "K", "language": "python"}, "own": {"x": [1]}},
    )
    document = parse(text, "a.ipynb")
    again = json.loads(write(document, Format.NOTEBOOK))
    expected = json.loads(text)
    expected["metadata"]["language_info"] = {"name": "python"}
    assert nbformat.reads(json.dumps(again), as_version=4) == nbformat.reads(json.dumps(expected), as_version=4)
    assert parse(write(document, Format.NOTEBOOK), "a.ipynb").cells == document.cells


@pytest.mark.parametrize("ids", [["x", "x"], [None, "y"], ["not valid!", "z"], [None, None]])
def test_cells_without_an_id_of_their_own_get_one_that_stays(ids):
    cells = [{"id": each} for each in ids]
    text = notebook(*cells).replace('"id": null, ', "").replace(', "id": null', "")
    written = [write(parse(text, "a.ipynb"), Format.NOTEBOOK) for _ in range(2)]
    assert written[0] == written[1] == write(parse(written[0], "a.ipynb"), Format.NOTEBOOK)
    nbformat.validate(nbformat.reads(written[0], as_version=4))
    assert len({cell["id"] for cell in json.loads(written[0])["cells"]}) == 2


def test_an_old_notebook_is_brought_up_to_date():
    cell = {"cell_type": "code", "input": ["a = 1"], "language": "python", "metadata": {}, "outputs": []}
    sheets = [{"cells": [cell | {"collapsed": False}], "metadata": {}}]
    text = json.dumps({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets})
    document = parse(text, "a.ipynb")
    assert [cell.source for cell in document.cells] == ["a = 1"]
    assert document == parse(text, "a.ipynb")


def test_line_ends_in_a_notebooks_cells_are_plain():
    assert parse(notebook({"source": "a = 1\r\nb = 2"}), "a.ipynb").cells[0].source == "a = 1\nb = 2"


def test_a_script_becomes_a_valid_notebook_and_stays_it():
    document = parse('# %% [markdown]\n"""\ntext\n"""\n\n# %%\na = 1\n', "a.py")
    text = write(document, Format.NOTEBOOK)
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"
    assert write(parse(text, "a.ipynb"), Format.NOTEBOOK) == text


@pytest.mark.parametrize(
    ("entry", "grading"),
    [
        ({"grade": True, "grade_id": "t", "points": 2.5}, Grading("t", Role.TEST, Decimal("2.5"), locked=True)),
        ({"grade": True, "grade_id": "t"}, Grading("t", Role.TEST, Decimal(0), locked=True)),
        ({"solution": True, "grade_id": "s"}, Grading("s", Role.SOLUTION)),
        ({"grade": True, "solution": True, "grade_id": "m", "points": 1}, Grading("m", Role.MANUAL, Decimal(1))),
        ({"task": True, "grade_id": "k", "points": 1}, Grading("k", Role.TASK, Decimal(1), locked=True)),
        ({"locked": True, "grade_id": "r"}, Grading("r", Role.READ_ONLY, None, locked=True)),
        ({"grade_id": "o"}, Grading("o", Role.ORDINARY)),
    ],
)
def test_roles_follow_nbgraders_flags_and_the_short_form_is_accepted(entry, grading):
    assert parse(graded(**entry), "a.py").cells[0].grading == grading


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"grade_id": "a b"}, "its grade_id 'a b' is not made of letters"),
        ({"grade": True}, "its grade_id None"),
        ({"grade": "yes", "grade_id": "a"}, "its grade is 'yes', not true or false"),
        ({"grade": True, "grade_id": "a", "points": -1}, "its points are -1"),
        ({"grade": True, "grade_id": "a", "points": True}, "its points are True"),
        ({"grade": True, "grade_id": "a", "points": "many"}, "its points are 'many'"),
    ],
)
def test_wrong_metadata_is_named_with_its_line(entry, told):
    with pytest.raises(CourseError) as caught:
        parse(graded(**entry), "a.py")
    assert str(caught.value).startswith("a.py:2: cell ")
    assert told in str(caught.value)


def test_every_fault_is_told_at_once_and_repeated_ids_name_both_places():
    text = graded(grade_id="a", locked=True) + "\n" + graded(grade_id="a", locked=True) + "\n" + graded(grade_id="?")
    with pytest.raises(CourseError) as caught:
        parse(text, "a.py")
    assert str(caught.value.problems[0]) == (
        "a.py:5: grade_id a is used again; it is used first at a.py:2. Give each cell its own."
    )
    assert len(caught.value.problems) == 2


def test_a_notebooks_fault_names_the_cell():
    with pytest.raises(CourseError, match=r"a\.ipynb\[cell 2\]:1: cell x: its points"):
        parse(notebook({}, {"metadata": {"nbgrader": {"grade": True, "grade_id": "x", "points": []}}}), "a.ipynb")


def test_a_test_in_a_markdown_cell_is_refused():
    with pytest.raises(CourseError, match="it is no code cell"):
        parse('# %% [markdown] nbgrader={"grade": true, "grade_id": "a", "points": 1}\n# text\n', "a.py")


def test_metadata_that_cannot_be_read_is_not_taken_for_none():
    with pytest.raises(CourseError, match="its metadata cannot be read"):
        parse('# %% nbgrader={"grade": true,}\n', "a.py")


def test_lenient_reading_makes_such_a_cell_ordinary():
    document = parse(graded(grade_id="a", grade="yes"), "a.py", lenient=True)
    assert document.cells[0].role is Role.ORDINARY


def test_complete_metadata_is_schema_3_and_keeps_what_else_there_was():
    grading = Grading("t", Role.TEST, Decimal("2.50"), locked=True)
    assert nbgrader.complete(grading, Kind.CODE, {"own": 1, "points": 9}) == {
        "cell_type": "code", "grade": True, "grade_id": "t", "locked": True, "own": 1, "points": 2.5,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip


def test_equal_cells_of_a_notebook_have_each_their_own_place():
    document = parse(notebook({"source": "a", "id": "x"}, {"source": "a", "id": "x"}), "a.ipynb", lenient=True)
    first, second = document.cells
    assert (document.place(first)[0], document.place(second)[0]) == ("a.ipynb[cell 1]", "a.ipynb[cell 2]")


@pytest.mark.parametrize(
    "entry",
    [
        {"points": 10**400}, {"points": "1e999999999"}, {"points": "1e-999999999"}, {"points": float("inf")},
        {"points": "9" * 5_000}, {"points": "NaN"}, {"points": -1}, {"points": 1_000_001}, {"grade_id": "x" * 201},
        {"grade_id": ["x"] * 1_000}, {"grade": "x" * 1_000},
    ],
)  # fmt: skip
def test_metadata_that_no_course_has_is_told_shortly_or_an_ordinary_cell(entry):
    metadata = {"nbgrader": {"grade": True, "grade_id": "a", **entry}}
    grading, (told, *_) = nbgrader.read(metadata, Kind.CODE)
    assert grading is None
    assert len(told) < 200
