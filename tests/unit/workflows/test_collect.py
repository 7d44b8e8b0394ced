"""Collecting: the latest of each student in its place, everything else told."""

import csv
import io
import os
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tito.collection.lms import Lms
from tito.collection.register import register
from tito.errors import UsageError
from tito.model.course import Course, Module
from tito.workflows.grading.collect import Wanted, collect

ROSTER = [
    {"id": "ann", "name": "Lee, Ann", "number": "12"},
    {"id": "bob", "name": "Ray, Bob", "number": "13"},
    {"id": "cy", "name": "Oh, Cy"},
]


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course/modules/02_m"
    module = Module("02_m", folder / "m_dev.py", tmp_path / "g", tmp_path / "r.yaml", folder, "m_dev")
    return Course(tmp_path / "course", modules=(module,))


@pytest.fixture
def collected(course, tmp_path):
    def build(*sources, **fields):
        return collect(course, "02", sources, Wanted(tmp_path / "out", **fields))

    return build


def zipped(path, **files):
    """Write a zip; each file is (name, content, time)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content, *moment in files.values():
            archive.writestr(zipfile.ZipInfo(name, *(moment or [(2026, 10, 1, 12, 0, 0)])), content)
    return path


def placed(result):
    return {each.student: each for each in result.placed}


def test_a_download_is_matched_placed_and_timed_and_strays_are_told(collected, tmp_path):
    path = zipped(
        tmp_path / "submissions.zip",
        a=("leeann_12_1_m_dev.py", "a = 1"),
        b=("raybob_LATE_99_2_other.ipynb", "{}"),
        c=("nobody_98_3_m_dev.py", "c = 1"),
        d=("readme.py", ""),
        e=("leeann_12_4_scratch.py", ""),
    )
    roster = register([{**each, "student id": each.get("number", "")} for each in ROSTER], "id")
    result = collected(path, register=roster, zone=timezone(timedelta(hours=2)))
    assert (tmp_path / "out/ann/02_m/m_dev.py").read_text() == "a = 1"
    assert (tmp_path / "out/bob/02_m/m_dev.ipynb").read_text() == "{}"
    assert placed(result)["ann"].submitted == datetime(2026, 10, 1, 10, tzinfo=UTC)
    assert (tmp_path / "out/ann/02_m/m_dev.py").stat().st_mtime == datetime(2026, 10, 1, 10, tzinfo=UTC).timestamp()
    assert [(each.source.rpartition("/")[2], each.why) for each in result.left] == [
        ("nobody_98_3_m_dev.py", "not on the roster: nobody-98"),
        ("readme.py", "its name is not one that this download gives"),
        ("leeann_12_4_scratch.py", "not named m_dev, as another is"),
    ]
    assert result.missing == ("cy",)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/times-02_m.csv").read_text())))
    assert rows[0]["student"], rows[0]["submitted"] == ("ann", "2026-10-01T12:00:00+02:00")


def test_the_latest_attempt_counts_and_all_are_kept_on_demand(collected, tmp_path):
    times = ("2026-10-01-10-00-00", "2026-10-03-10-00-00", "2026-10-02-10-00-00")
    files = {t: (f"HW_ann_attempt_{t}_m_dev.py", f"t = '{t}'") for t in times}
    result = collected(zipped(tmp_path / "b.zip", **files), every=True)
    assert placed(result)["ann"].attempts == 3
    assert "2026-10-03" in (tmp_path / "out/ann/02_m/m_dev.py").read_text()
    earlier = sorted((tmp_path / "out/.earlier/ann/02_m").iterdir())
    assert [each.name for each in earlier] == ["m_dev-1.py", "m_dev-2.py"]
    assert "2026-10-01" in earlier[0].read_text()


def test_what_was_there_is_moved_and_the_same_again_changes_nothing(collected, tmp_path):
    first = zipped(tmp_path / "1.zip", a=("leeann_12_1_m_dev.py", "a = 1"))
    second = zipped(tmp_path / "2.zip", a=("leeann_12_1_m_dev.ipynb", "{}"))
    assert placed(collected(first))["leeann-12"].changed
    assert not placed(collected(first))["leeann-12"].changed
    assert not (tmp_path / "out/.earlier").exists()
    collected(second)
    assert [each.name for each in (tmp_path / "out/leeann-12/02_m").iterdir()] == ["m_dev.ipynb"]
    (kept,) = (tmp_path / "out/.earlier/leeann-12/02_m").iterdir()
    assert kept.read_text() == "a = 1"


def test_a_dry_run_writes_nothing(collected, tmp_path):
    result = collected(zipped(tmp_path / "1.zip", a=("leeann_12_1_m_dev.py", "a = 1")), write=False)
    assert placed(result)["leeann-12"].changed
    assert not (tmp_path / "out").exists()


def test_moodle_and_gradescope_in_a_folder_of_their_own_are_recognised(collected, tmp_path):
    moodle = zipped(tmp_path / "moodle.zip", a=("HW1/Ann Lee_7_assignsubmission_file_/m_dev.py", "a = 1"))
    assert set(placed(collected(moodle))) == {"Ann Lee-7"}
    metadata = "submission_1:\n  :submitters:\n  - :sid: 's1'\n  :created_at: 2026-10-01 10:00:00 Z\n"
    files = {
        "a": ("assignment_1_export/submission_metadata.yml", metadata),
        "b": ("assignment_1_export/submission_1/m_dev.py", "a = 1"),
    }
    found = placed(collected(zipped(tmp_path / "gs.zip", **files)))
    assert found["s1"].submitted == datetime(2026, 10, 1, 10, tzinfo=UTC)


def test_folders_and_single_files_are_taken_by_their_names(collected, tmp_path):
    for name in ("in/ann/02_m/m_dev.py", "in/bob.ipynb", "in/cy/02_m/a.py", "in/cy/02_m/b.py", "dan.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1")
    result = collected(tmp_path / "in", tmp_path / "dan.py")
    assert set(placed(result)) == {"ann", "bob", "dan"}
    assert (tmp_path / "out/bob/02_m/m_dev.ipynb").is_file()
    assert [each.why for each in result.left] == ["2 files could be the submission: a.py, b.py"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is missing")
def test_checkouts_are_students_and_the_last_commit_is_the_time(collected, tmp_path):
    for name, file in (("hw-ann", "src/02_m/m_dev.py"), ("hw-bob", "notes.txt")):
        path = tmp_path / "clones" / name / file
        path.parent.mkdir(parents=True)
        path.write_text("x = 1")
        own = {
            **os.environ,
            "GIT_COMMITTER_DATE": "2026-10-01T10:00:00+00:00",
            "GIT_AUTHOR_DATE": "2026-10-01T10:00:00+00:00",
        }
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
        ):
            subprocess.run([shutil.which("git"), *command], cwd=tmp_path / "clones" / name, check=True, env=own)
    result = collected(tmp_path / "clones", prefix="hw-")
    assert placed(result)["ann"].submitted == datetime(2026, 10, 1, 10, tzinfo=UTC)
    assert [each.why for each in result.left] == ["no .py or .ipynb file in what bob handed in"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a\u202eb_1_2_m_dev.py", "characters that act or hide"),
        ("con_1_2_m_dev.py", ""),
        ("../x_1_2_m_dev.py", "`..` in its path"),
    ],
)
def test_a_hostile_name_makes_no_folder(name, told, collected, tmp_path):
    result = collected(zipped(tmp_path / "z.zip", a=(name, "x = 1"), b=("leeann_12_1_m_dev.py", "")), lms=Lms.CANVAS)
    if told:
        assert any(told in each.why for each in result.left)
    assert {each.name for each in tmp_path.iterdir()} <= {"z.zip", "out"}
    assert all(each.resolve().is_relative_to(tmp_path / "out") for each in (tmp_path / "out").rglob("*"))


def test_a_link_is_not_followed(collected, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/leeann_12_1_m_dev.py").symlink_to("/etc/passwd")
    result = collected(tmp_path / "in", lms=Lms.CANVAS)
    assert [each.why for each in result.left] == ["a link, which is not followed"]


UNSAFE = {
    "a path that leads out": ("../x_1_2_m_dev.py", "unsafe member ../x_1_2_m_dev.py: `..` in its path"),
    "a work that is too large": ("rayb_13_2_m_dev.py", "larger than 1 MiB"),
    "a name of two": ("LeeAnn_12_1_m_dev.py", "names that differ only in case or form: LeeAnn_12_1_m_dev.py, leeann_12_1_m_dev.py"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNSAFE)
def test_one_bad_member_is_one_row_and_the_rest_is_placed(case, collected, tmp_path):
    name, why = UNSAFE[case]
    path = zipped(
        tmp_path / "z.zip",
        a=(name, "x" * (2 << 20)),
        b=("leeann_12_1_m_dev.py", ""),
        c=("raybob_14_2_m_dev.py", ""),
    )
    result = collected(path, lms=Lms.CANVAS)
    assert "raybob-14" in placed(result)
    assert why in [each.why for each in result.left]


def test_a_work_that_grew_meanwhile_is_a_row_and_the_rest_is_placed(collected, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/leeann_12_1_m_dev.py").write_bytes(b"x" * (2 << 20))
    (tmp_path / "in/raybob_13_2_m_dev.py").write_text("")
    result = collected(tmp_path / "in")
    assert set(placed(result)) == {"raybob-13"}
    assert [(each.source, each.why) for each in result.left] == [
        (f"{tmp_path}/in/leeann_12_1_m_dev.py", "larger than 1 MiB")
    ]


def test_a_folder_of_links_in_an_archive_is_a_row_each(collected, tmp_path):
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name, mode in (("ann/02_m/m_dev.py", 0o120777), ("bob/02_m", 0o120777), ("cy/02_m/m_dev.py", 0o100644)):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, "/etc/passwd")
    result = collected(tmp_path / "c.zip")
    assert set(placed(result)) == {"cy"}
    link = "a link, which is not followed"
    left = [(each.source.partition("c.zip/")[2], each.why) for each in result.left]
    assert left == [("ann/02_m/m_dev.py", link), ("bob/02_m", link)]


def test_a_source_that_is_gone_is_a_sentence_and_a_broken_one_is_told(collected, tmp_path):
    with pytest.raises(UsageError, match="there is no such file or folder"):
        collected(tmp_path / "gone.zip")
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04 torn")
    assert "not a zip that can be read" in collected(tmp_path / "torn.zip").left[0].why


def test_an_earlier_attempt_that_cannot_be_read_is_a_row_and_the_latest_counts(collected, tmp_path):
    (tmp_path / "in").mkdir()
    for day, size in (("01", 2 << 20), ("02", 2), ("03", 3)):
        path = tmp_path / f"in/HW_ann_attempt_2026-10-{day}-10-00-00_m_dev.py"
        path.write_bytes(b"x" * size)
    result = collected(tmp_path / "in", every=True)
    assert (tmp_path / "out/ann/02_m/m_dev.py").read_text() == "xxx"
    assert [each.name for each in (tmp_path / "out/.earlier/ann/02_m").iterdir()] == ["m_dev-2.py"]
    assert [each.why for each in result.left] == ["larger than 1 MiB"]


def test_what_lies_beside_the_work_comes_along_and_an_earlier_ones_is_set_aside(collected, tmp_path):
    first = zipped(
        tmp_path / "one.zip",
        a=("ann/02_m/m_dev.py", "import own"),
        b=("ann/02_m/own.py", "x = 1"),
        c=("ann/02_m/data/d.csv", "1"),
    )
    collected(first)
    work = tmp_path / "out/ann/02_m"
    assert ((work / "own.py").read_text(), (work / "data/d.csv").read_text()) == ("x = 1", "1")
    collected(first)
    assert not (tmp_path / "out/.earlier").exists()
    second = zipped(tmp_path / "two.zip", a=("ann/02_m/m_dev.py", "y = 2"), b=("ann/02_m/data", "now a file"))
    collected(second)
    assert sorted(path.name for path in work.iterdir()) == ["data", "m_dev.py"]
    kept = tmp_path / "out/.earlier/ann/02_m/beside"
    assert sorted(path.name.partition("-")[2] for path in kept.rglob("*") if path.is_file()) == ["d.csv", "own.py"]


def test_hostile_files_beside_the_work_are_left_out_with_a_note(collected, tmp_path):
    inside = tmp_path / "in/ann/02_m"
    (inside / "m_dev.py.d").mkdir(parents=True)
    (inside / "m_dev.py").write_text("x = 1")
    (inside / "key").symlink_to("/etc/passwd")
    (inside / "two\nlines.txt").write_text("")
    (inside / "big.bin").write_bytes(bytes((16 << 20) + 1))
    (inside / "m_dev.ipynb.txt").write_text("kept")
    done = collected(tmp_path / "in")
    assert sorted(path.name for path in (tmp_path / "out/ann/02_m").iterdir()) == ["m_dev.ipynb.txt", "m_dev.py"]
    notes = " ".join(placed(done)["ann"].notes)
    for why in (
        "key was left out: a link",
        "lines.txt was left out: its name",
        "big.bin was left out: there are more",
    ):
        assert why in notes


def test_nbgraders_exchange_brings_what_was_submitted_together(collected, tmp_path):
    for when, text in (("2026-03-01 10:00:00 UTC", "old"), ("2026-03-02 10:00:00 UTC", "new")):
        folder = tmp_path / f"in/ann+02_m+{when}"
        folder.mkdir(parents=True)
        for name in ("m_dev.ipynb", "own.py", "timestamp.txt"):
            (folder / name).write_text(text)
    collected(tmp_path / "in")
    work = tmp_path / "out/ann/02_m"
    assert {path.name: path.read_text() for path in work.iterdir()} == {"m_dev.ipynb": "new", "own.py": "new"}
