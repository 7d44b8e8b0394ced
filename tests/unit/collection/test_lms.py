"""What downloads call a student's file."""

from datetime import UTC, datetime

import pytest

from tito.collection.disk import at
from tito.collection.lms import Lms, again, exchanged, handed, recognise

GRADESCOPE = """---
submission_11:
  :submitters:
  - :name: Ann Lee
    :sid: '123'
    :email: ann@x.edu
  - :name: Bob Ray
    :sid: '124'
    :email: bob@x.edu
  :created_at: 2026-10-01 10:00:00.000000000 Z
  :score:
submission_12:
  :submitters:
  - :name: Cy
    :email: cy@x.edu
  :created_at: 2026-10-02 10:00:00.000000000 Z
"""


def tree(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    return at(root)


def told(root):
    lms = recognise(root)
    return lms, [(each.keys, each.name) for each in handed(root, lms)]


def test_canvas_names_hold_the_user_and_the_squeezed_name(tmp_path):
    root = tree(tmp_path, "leeann_12_345_m_dev.py", "raybob_LATE_13_346_m_dev-1.py", "o'neil_14_347_my_file_2.ipynb")
    lms, files = told(root)
    assert lms is Lms.CANVAS
    assert files == [(("12",), "m_dev.py"), (("14",), "my_file_2.ipynb"), (("13",), "m_dev.py")]
    assert {each.squeezed for each in handed(root, lms)} == {"leeann", "raybob", "o'neil"}
    assert [each.again for each in handed(root, lms)] == [0, 0, 1]


def test_moodle_names_are_folders_or_files(tmp_path):
    names = ("Ann Lee_101_assignsubmission_file_/m_dev.py", "Bob Ray_102_assignsubmission_file_m_dev.py")
    lms, files = told(tree(tmp_path, *names, "Cy_103_assignsubmission_onlinetext_onlinetext.html"))
    assert lms is Lms.MOODLE
    assert files == [
        (("Participant 101", "Ann Lee"), "m_dev.py"), (("Participant 102", "Bob Ray"), "m_dev.py"),
    ]  # fmt: skip


def test_blackboard_names_hold_the_attempts_time_and_may_be_cut_in_several_ways(tmp_path):
    name = "HW 1_j_doe_attempt_2026-10-01-23-59-00"
    root = tree(tmp_path, f"{name}_m_dev.py", f"{name}.txt")
    lms, files = told(root)
    assert lms is Lms.BLACKBOARD
    assert files == [(("j_doe", "doe"), "m_dev.py")]
    assert handed(root, lms)[0].at == datetime(2026, 10, 1, 23, 59)  # noqa: DTZ001 - it has no zone


def test_gradescopes_metadata_names_every_member_of_a_group(tmp_path):
    root = tree(tmp_path, "submission_11/m_dev.py", "submission_12/src/m_dev.ipynb")
    (tmp_path / "submission_metadata.yml").write_text(GRADESCOPE)
    lms, files = told(root)
    assert lms is Lms.GRADESCOPE
    assert files == [
        (("123", "ann@x.edu", "Ann Lee"), "m_dev.py"), (("124", "bob@x.edu", "Bob Ray"), "m_dev.py"),
        (("cy@x.edu", "Cy"), "m_dev.ipynb"),
    ]  # fmt: skip
    assert handed(root, lms)[0].at == datetime(2026, 10, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "a: [",
        "x: &x [*x]",
        "submission_11: 3",
        "\x00",
        "[" * 9_000,
        "submission_11:\n  :submitters: 3",
        "submission_11:\n  :submitters: [3, {1: 2}]",
    ],
)
def test_metadata_that_is_broken_names_nobody_and_every_file_is_told(text, tmp_path):
    root = tree(tmp_path, "submission_11/m_dev.py", "submission_12/m_dev.py")
    (tmp_path / "submission_metadata.yml").write_text(text)
    told = {(each.keys, each.fault) for each in handed(root, Lms.GRADESCOPE)}
    assert told == {((), "submission_metadata.yml does not say whose it is")}
    assert len(handed(root, Lms.GRADESCOPE)) == 2


def test_gradescopes_texts_are_taken_as_they_are_written(tmp_path):
    root = tree(tmp_path, "submission_1/m_dev.py", "submission_2/m_dev.py")
    entries = "  - :sid: {}\n    :name: {}\n  :created_at: {}\n"
    text = "submission_1:\n  :submitters:\n" + entries.format("00123", "No", "2026-10-01 12:00:00.0 +02:00")
    text += "submission_2:\n  :submitters:\n" + entries.format("!!int x", "!ruby/object:Name {a: 1}", "some day")
    (tmp_path / "submission_metadata.yml").write_text(text)
    first, second = handed(root, Lms.GRADESCOPE)
    assert (first.keys, first.at) == (("00123", "No"), datetime(2026, 10, 1, 10, tzinfo=UTC))
    assert second.keys[0] == "x"
    assert second.at == second.node.modified


def test_a_link_can_be_work_whatever_it_is_called(tmp_path):
    root = tree(tmp_path, "Bob Ray_102_assignsubmission_file_/m_dev.py")
    (tmp_path / "Ann Lee_101_assignsubmission_file_").symlink_to("/etc")
    (tmp_path / "Bob Ray_102_assignsubmission_file_/src").symlink_to("/etc")
    faults = {each.node.name: each.fault for each in handed(root, Lms.MOODLE)}
    link = "a link, which is not followed"
    assert faults == {"Ann Lee_101_assignsubmission_file_": link, "m_dev.py": "", "src": link}


def test_a_folder_that_nests_deeper_than_work_does_is_told_and_not_entered(tmp_path):
    root = tree(tmp_path, f"Ann Lee_101_assignsubmission_file_/{'d/' * 40}m_dev.py")
    (deep,) = handed(root, Lms.MOODLE)
    assert deep.fault == "deeper than 16 folders"


@pytest.mark.parametrize("at", ["2026-99-01-10-00-00", "0000-01-01-00-00-00", "2026-02-30-25-61-61"])
def test_a_time_that_no_clock_shows_is_none(at, tmp_path):
    (one,) = handed(tree(tmp_path, f"HW_ann_attempt_{at}_m_dev.py"), Lms.BLACKBOARD)
    assert one.at == one.node.modified


def test_a_name_has_no_more_parts_than_a_name_can_have(tmp_path):
    name = "_".join(["a"] * 80)
    (one,) = handed(tree(tmp_path, f"{name}_attempt_2026-10-01-10-00-00_m.py"), Lms.BLACKBOARD)
    assert len(one.keys) < 20


def test_other_folders_are_nobodys_download(tmp_path):
    assert recognise(tree(tmp_path, "ann/02_m/m_dev.py", "bob.py")) is None
    assert recognise(tree(tmp_path / "empty", ".keep")) is None


def test_a_file_that_a_download_does_not_name_is_kept_to_be_told(tmp_path):
    root = tree(tmp_path, "leeann_12_345_m_dev.py", "raybob_13_346_m_dev.py", "stray.py", "notes.txt")
    assert [(each.keys, each.name) for each in handed(root, Lms.CANVAS)][-1] == ((), "stray.py")


@pytest.mark.parametrize(
    ("name", "own", "number"),
    [
        ("m_dev-1.py", "m_dev.py", 1),
        ("m_dev (2).ipynb", "m_dev.ipynb", 2),
        ("m_dev.py", "m_dev.py", 0),
        ("a-1.tar.gz", "a.tar.gz", 1),
        ("x-2026.py", "x-2026.py", 0),
    ],
)
def test_the_number_of_a_repetition_is_no_part_of_a_name(name, own, number):
    assert again(name) == (own, number)


def test_nbgraders_exchange_has_a_folder_for_each_time_that_something_is_handed_in(tmp_path):
    names = [
        "ann+ps1+2026-03-01 10:00:00.5 UTC+0a1b",
        "ann+ps2+2026-03-02 10:00:00 UTC",
        "bob+ps1+2026-03-01 11:00:00 UTC",
    ]
    root = tree(tmp_path, *(f"{name}/p.ipynb" for name in names), f"{names[0]}/timestamp.txt")
    assert recognise(root) is Lms.NBGRADER
    found = handed(root, Lms.NBGRADER, "ps1")
    assert [(each.keys, each.name) for each in found] == [(("ann",), "p.ipynb"), (("bob",), "p.ipynb")]
    assert [each.at for each in found] == [
        datetime(2026, 3, 1, 10, 0, 0, 500000, tzinfo=UTC), datetime(2026, 3, 1, 11, tzinfo=UTC),
    ]  # fmt: skip


def test_a_students_folder_is_that_in_which_the_file_lies_and_no_deeper(tmp_path):
    names = (
        "Ann Lee_101_assignsubmission_file_/m_dev.py",
        "Bob_102_assignsubmission_file_/src/m_dev.py",
        "Cy_103_assignsubmission_file_m_dev.py",
    )
    found = list(handed(tree(tmp_path, *names), Lms.MOODLE))
    assert [each.folder.name if each.folder else None for each in found] == [
        "Ann Lee_101_assignsubmission_file_", None, None,
    ]  # fmt: skip


def test_the_exchanges_own_stamp_goes_before_its_folders_name(tmp_path):
    name = "ann+ps1+2026-03-01 10:00:00 UTC"
    root = tree(
        tmp_path,
        f"{name}/m_dev.py",
        f"{name}/timestamp.txt",
        "bob+ps1+2026-03-01 10:00:00 UTC/m_dev.py",
        "cy+ps2+2026-03-01 10:00:00 UTC/m.py",
    )
    (tmp_path / name / "timestamp.txt").write_text("2026-03-02 11:00:00 UTC\n")
    found = [(who, entry and entry.name[:3], moment and moment.day) for who, entry, moment in exchanged(root, "ps1")]
    assert found == [("ann", "ann", 2), ("bob", "bob", 1), ("cy", None, None)]
    (tmp_path / name / "timestamp.txt").write_text("2026-03-02 11:00:00 UTC".ljust(100))
    assert [moment.day for _, entry, moment in exchanged(at(tmp_path), "ps1") if entry] == [2, 1]
    (tmp_path / name / "timestamp.txt").write_text("2026-03-02 11:00:00 UTC".ljust(101))
    assert [moment.day for _, entry, moment in exchanged(at(tmp_path), "ps1") if entry] == [1, 1]


def test_a_file_of_blackboards_form_without_a_files_name_is_nobodys(tmp_path):
    root = tree(
        tmp_path, "Lab_ann_attempt_2026-03-01-10-00-00.py", "Lab_ann_attempt_2026-03-01-10-00-00_m.py", "odd.py"
    )
    assert [each.keys[-1:] for each in handed(root, Lms.BLACKBOARD)] == [(), ("ann",), ()]


def test_a_folder_is_a_download_where_most_of_its_files_have_its_form(tmp_path):
    root = tree(tmp_path, "leeann_12_345_m_dev.py", "odd.py")
    assert recognise(root) is None
    assert recognise(tree(tmp_path, "raybob_13_346_m_dev.py")) is Lms.CANVAS
