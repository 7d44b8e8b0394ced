"""Filling an LMS's own export: one column changes, nothing else does, and nobody is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tito.errors import CourseError, UsageError
from tito.report.lms import SYSTEMS, Score, Target, fill
from tito.report.lms.sheet import read_sheet, texts

CANVAS = (
    '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"HW, 1 (77)",Activations (78),Current Score,Total (79)\r\n'
    "    Points Possible,,,,,10,70,(read only),(read only)\r\n"
    '"Lee, Ann",12,u12,alee,"CS ""1""",9,,88,1\r\n'
    '"Ray, Bob",13,u13,bray,CS 1,,EX,,2\r\n'
    '"=cmd, Eve",14,u14,eve,CS 1,,10,,3\r\n'
    '"Student, Test",99,,xyz,CS 1,,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
    'Participant 7,Ann Lee,s7,Ann@x.edu,Submitted,,"70,00","Good,\nkeep on"\n'
    'Participant 8,Bob Ray,s8,bob@x.edu,No submission,"12,50","70,00",\n'
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Activations [Total Pts: 70 Score] |40"\t"Other [Total Pts: 5 Score] |41"\r\n'
    '"Lee"\t"Ann"\t"alee"\t"12"\t""\t"3"\r\n"Ray"\t"Bob"\t"bray"\t"13"\t"60"\t""\r\n'
)
TARGET = Target(("Activations", "02_activations"), Decimal(70))


def score(student, points, *ids, why=""):
    return Score(student, frozenset({student, *ids}), None if points is None else Decimal(points), why)


def filled(text, lms, *scores, target=TARGET, codec="utf-8"):
    return fill(text.encode(codec), "export.csv", SYSTEMS[lms], scores, target)


def test_canvas_gets_one_column_and_every_other_byte_stays():
    done = filled(CANVAS, "canvas", score("alee", "52.5"), score("b", 60, "13"))
    assert done.content.decode() == CANVAS.replace("9,,88", "9,52.5,88").replace(",,EX,", ",,60,")
    assert (done.column, done.filled, done.changed) == ("Activations (78)", ("alee", "b"), 2)
    assert done.alone == ("=cmd, Eve", "Student, Test")


def test_nobody_is_matched_by_a_name_and_nobody_is_guessed():
    done = filled(
        CANVAS, "canvas", score("Lee, Ann", 1), score("zoe", 2), score("both", 3, "12", "13"), score("x", 4, "14"),
        score("y", 5, "eve"), score("broken", None, "13", why="broken: grade it again"),
    )  # fmt: skip
    assert done.content.decode() == CANVAS
    assert dict(done.left) == {
        "Lee, Ann": "not in the file", "zoe": "not in the file", "both": "2 rows of the file may be meant",
        "x": "another student has the same row", "y": "another student has the same row",
        "broken": "broken: grade it again",
    }  # fmt: skip


def test_what_is_there_already_is_no_change():
    done = filled(CANVAS.replace("9,,88", "9,52.50,88"), "canvas", score("alee", "52.5"))
    assert (done.changed, done.filled) == (0, ("alee",))
    assert "52.50" in done.content.decode()


def test_moodles_worksheet_keeps_its_commas_and_quotes():
    done = filled(
        MOODLE.replace(",", ";").replace("70;00", "70,00").replace("12;50", "12,50"),
        "moodle",
        score("s8", "33.25"),
        score("a", 70, "ann@x.edu"),
    )
    assert done.column == "Grade"
    lines = done.content.decode().split("\n")
    assert lines[1].startswith('Participant 7;Ann Lee;s7;Ann@x.edu;Submitted;70;"70,00";"Good;')
    assert lines[3].startswith('Participant 8;Bob Ray;s8;bob@x.edu;No submission;"33,25";')


def test_blackboards_file_is_utf_16_and_quoted_throughout():
    done = filled(BLACKBOARD, "blackboard", score("alee", 70), codec="utf-16")
    assert done.content.decode("utf-16") == BLACKBOARD.replace('"12"\t""', '"12"\t"70"')
    assert done.content[:2] == BLACKBOARD.encode("utf-16")[:2]


def test_another_maximum_is_refused_or_scaled():
    target = Target(("HW, 1",), Decimal(70))
    with pytest.raises(
        UsageError, match=r"export\.csv:1: column HW, 1 \(77\) is out of 10, the module out of 70\. Make them"
    ):
        filled(CANVAS, "canvas", score("alee", 35), target=target)
    done = filled(CANVAS, "canvas", score("alee", 35), target=Target(("HW, 1 (77)",), Decimal(70), scale=True))
    assert ',"CS ""1""",5,,88' in done.content.decode()


@pytest.mark.parametrize(
    ("text", "lms", "titles", "told"),
    [
        (CANVAS, "canvas", ("Softmax",), r"^export\.csv:1: no column is named Softmax\. Name it with --column\. Its columns for grades are HW, 1 \(77\)"),
        (CANVAS, "canvas", ("Total",), r"^export\.csv:1: .* cannot be filled: Canvas computes it"),
        (CANVAS, "canvas", ("Current Score",), "no column is named Current Score"),
        (CANVAS.replace("HW, 1 (77)", "Activations (77)"), "canvas", ("Activations",), r"^export\.csv:1: several columns may be meant"),
        (MOODLE, "canvas", ("Grade",), r"^export\.csv:1: this is not an export of Canvas's gradebook"),
        ("Name,Grade\nAnn,1\n", "moodle", ("Grade",), "no column is named Grade"),
        ("A [Total Pts: 70 Score] |1,B\n1,2\n", "blackboard", ("A",), "no column names students: none of Username, Student ID"),
    ],
)  # fmt: skip
def test_no_header_is_invented(text, lms, titles, told):
    with pytest.raises((UsageError, CourseError), match=told):
        filled(text, lms, score("alee", 1), target=Target(titles, Decimal(70)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xff\xff", "not UTF-8"),
        (b'a,"b\n', "a quote is never closed"),
        (b'a,"b"c\n', "text behind a closing quote"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, told):
    with pytest.raises(CourseError, match=told):
        read_sheet(content, "x.csv")


def test_a_short_row_is_named():
    done = filled(
        CANVAS.replace('"Ray, Bob",13,u13,bray,CS 1,,EX,,2', '"Ray, Bob",13,u13,bray'), "canvas", score("b", 1, "13")
    )
    assert dict(done.left) == {"b": "line 4 of the file is too short"}


CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from("\t,;"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_back_byte_for_byte_and_is_read_as_the_csv_module_reads_it(rows, delimiter, end):
    import csv
    import io

    file = io.StringIO()
    head = [f"h{place}" for place in range(5)]
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows([head, *rows])
    content = file.getvalue().encode()
    sheet = read_sheet(content, "x")
    assert sheet.with_cells({}) == content
    read = list(csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=delimiter))
    assert [[cell.text for cell in row] for row in sheet.rows] == [row or [""] for row in read]


def test_cells_know_their_lines():
    sheet = read_sheet(b'a,"b\nc"\r\nd,e\r\n', "x")
    assert [[cell.line for cell in row] for row in sheet.rows] == [[1, 1], [3, 3]]
    assert texts(sheet.rows[0]) == ["a", "b\nc"]


def test_a_maximum_that_differs_from_row_to_row_is_none():
    done = filled(
        MOODLE.replace('"12,50","70,00"', '"12,50","60,00"'),
        "moodle",
        score("s7", 35),
        target=Target(("Grade",), Decimal(50)),
    )
    assert done.filled == ("s7",)
    for text in (MOODLE, MOODLE.replace("70,00", "60,00")):
        with pytest.raises(UsageError, match=r"column Grade is out of [67]0, the module out of 50"):
            filled(text, "moodle", score("s7", 35), target=Target(("Grade",), Decimal(50)))


def test_points_possible_may_stand_below_other_rows_of_canvass_own():
    text = CANVAS.replace(
        "    Points Possible", "    Manual Posting,,,,,,,,\r\n    Other,,,,,,,,\r\n    Points Possible"
    )
    with pytest.raises(UsageError, match="is out of 10, the module out of 70"):
        filled(text, "canvas", score("alee", 35), target=Target(("HW, 1",), Decimal(70)))


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_a_last_line_may_end_as_it_likes(end):
    sheet = read_sheet(f"a,b{end or chr(10)}1,{end}".encode(), "x.csv")
    assert [texts(row) for row in sheet.rows] == [["a", "b"], ["1", ""]]
    assert [row[0].line for row in sheet.rows] == ([1, 1] if end == "\r" else [1, 2])
