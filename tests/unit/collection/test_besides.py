"""What lies beside a submission: taken along within limits, or left out with a reason."""

import pytest

from tito.collection.besides import besides
from tito.collection.folders import find, in_folder
from tito.collection.layout import Layout


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "ann/02_m"
    place.mkdir(parents=True)
    (place / "m_dev.py").write_text("x = 1\n")
    return place


def taken(folder, **how):
    (found,) = find([folder.parent.parent], Layout("02_m", "m_dev", **how))
    files, notes = besides(found)
    return [each.path for each in files], list(notes)


def test_files_and_folders_beside_a_submission_are_taken_along(folder):
    (folder / "a").mkdir()
    (folder / "a/b.csv").write_text("1")
    (folder / "own.py").write_text("")
    (folder / ".hidden").write_text("")
    (folder / "try.ipynb").write_text("{}")
    assert taken(folder) == (["a/b.csv", "own.py"], [])


def test_other_modules_are_no_part_of_it(folder):
    (folder / "n_dev.py").write_text("x = 1\n")
    assert taken(folder, others=frozenset({"n_dev"})) == ([], [])


@pytest.mark.parametrize(("ending", "other"), [(".py", "m_dev.ipynb"), (".ipynb", "m_dev.py")])
def test_of_a_pair_the_released_format_counts_and_the_other_one_lies_beside(folder, ending, other):
    (folder / "m_dev.ipynb").write_text("{}")
    (found,) = find([folder.parent.parent], Layout("02_m", "m_dev", ending=ending))
    assert found.path.endswith(f"m_dev{ending}")
    assert [each.path for each in besides(found)[0]] == [other]


def test_links_and_what_is_too_much_are_left_out_with_a_reason(folder, tmp_path):
    (folder / "link.csv").symlink_to(tmp_path)
    with (folder / "big.bin").open("wb") as file:
        file.truncate((16 << 20) + 1)
    files, notes = taken(folder)
    assert files == []
    assert notes[0].startswith("big.bin was left out: there are more than 16 MiB of files")
    assert notes[1] == "link.csv was left out: a link, which is not followed"


def test_too_many_files_are_counted(folder):
    for number in range(210):
        (folder / f"{number:03}.txt").write_text("")
    files, notes = taken(folder)
    assert len(files) == 200
    assert notes[-1] == "and 5 more files were left out"


def test_a_students_file_alone_brings_nothing(tmp_path):
    for name in ("ann.py", "bob.py"):
        (tmp_path / name).write_text("x = 1\n")
    assert [besides(each) for each in find([tmp_path], Layout("02_m", "m_dev"))] == [((), ()), ((), ())]


def test_a_workspaces_file_brings_its_folder(folder):
    (folder / "own.py").write_text("")
    assert [each.path for each in besides(in_folder(folder / "m_dev.py", ()))[0]] == ["own.py"]
