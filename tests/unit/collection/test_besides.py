"""What lies beside a submission: taken along within limits, or left out with a reason."""

import zipfile

import pytest

from tito.collection.besides import besides
from tito.collection.folders import find, in_folder, read, search
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


def packed(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)


def test_a_students_archive_brings_what_lies_beside_the_file_in_it(tmp_path):
    packed(tmp_path / "ann.zip", m_dev_DOT_py="x = 1", own_DOT_py="y = 2", data__d_DOT_csv="1,2")
    (found,) = find([tmp_path], Layout("02_m", "m_dev"))
    files, notes = besides(found)
    assert [(each.path, each.content) for each in files] == [("data/d.csv", b"1,2"), ("own.py", b"y = 2")]
    assert notes == ()


def test_what_is_too_large_in_an_archive_is_left_out_and_the_work_is_graded(tmp_path):
    packed(tmp_path / "ann.zip", m_dev_DOT_py="x = 1", a_DOT_bin=bytes((16 << 20) + 1), b_DOT_csv="1")
    (found,) = find([tmp_path], Layout("02_m", "m_dev"))
    assert besides(found)[1] == ("a.bin was left out: larger than 16 MiB",)
    assert [each.path for each in besides(found)[0]] == ["b.csv"]


def exchange(root, *folders):
    for folder, files in folders:
        (root / folder).mkdir(parents=True)
        for name, text in files.items():
            (root / folder / name).write_text(text)


def test_nbgraders_exchange_is_graded_where_it_is(tmp_path):
    exchange(
        tmp_path,
        ("ann+ps1+2026-03-01 10:00:00 UTC+x", {"a.py": "old = 1"}),
        (
            "ann+ps1+2026-03-02 10:00:00 UTC+y",
            {"a.py": "new = 1", "own.py": "", "timestamp.txt": "2026-03-02 09:59:58.5 UTC"},
        ),
        ("bob+ps2+2026-03-01 10:00:00 UTC", {"a.py": "x = 1"}),
        ("cy+ps1+2026-03-01 10:00:00 UTC", {"b.py": "x = 1"}),
    )
    there = search([tmp_path], Layout("ps1", "a", others=frozenset({"b"})))
    ann, cy = there.found
    assert (read(ann), ann.stamped.isoformat()) == (b"new = 1", "2026-03-02T09:59:58.500000+00:00")
    assert ann.notes == ("the latest of 2 submissions counts",)
    assert [each.path for each in besides(ann)[0]] == ["own.py"]
    assert (cy.student, cy.refusal) == ("cy", "no .py or .ipynb file")
    assert there.fates.nothing == ("bob",)


def test_notebooks_in_folders_are_other_work_and_odd_folders_are_not_entered(folder):
    for name in ("data/a.csv", "data/try.ipynb", "data/own.py", "bad\nname/b.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("1")
    (folder / "c.txt").write_text("")
    assert taken(folder) == (["c.txt", "data/a.csv", "data/own.py"], [])


def test_a_text_of_another_modules_name_lies_beside_the_work(folder):
    (folder / "n_dev.txt").write_text("")
    assert taken(folder, others=frozenset({"n_dev"})) == (["n_dev.txt"], [])


def test_eight_folders_deep_is_taken_along_and_deeper_is_not(folder):
    for depth in (8, 9):
        place = folder / "/".join("abcdefghi"[:depth])
        place.mkdir(parents=True, exist_ok=True)
        (place / "x.txt").write_text("")
    assert taken(folder) == (["a/b/c/d/e/f/g/h/x.txt"], [])


def test_a_modules_folder_that_is_named_brings_what_lies_in_it(folder):
    (folder / "a.csv").write_text("1")
    (found,) = find([folder], Layout("02_m", "m_dev"))
    assert [each.path for each in besides(found)[0]] == ["a.csv"]
