"""`tito collect` as instructors type it."""

import json
import zipfile

GOOD = "def double(x):\n    return x + x\n"


def test_a_download_becomes_graded_submissions_with_their_times(locked):
    rubric = locked.read("rubrics/01_double.yaml").replace(
        "points: 5\n", 'points: 5\nlate:\n  due: "2026-10-01T12:00:00+02:00"\n  penalty: 10%\n', 1
    )
    locked.write("rubrics/01_double.yaml", rubric)
    locked.write(
        "roster.csv",
        'Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"Lee, Ann",12,alee,1\n"Oh, Cy",14,coh,1\n',
    )
    with zipfile.ZipFile(locked.root / "submissions.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("leeann_12_1_double_dev.py", (2026, 10, 2, 11, 0, 0)), GOOD)
        archive.writestr("raybob_13_2_double_dev.py", GOOD)
    arguments = ("collect", "01", "submissions.zip", "--roster", "roster.csv", "--id", "SIS Login ID")
    done = locked.tito(*arguments, "--dry-run")
    assert done.code == 1
    assert "1 would be placed below submitted" in done.out
    assert not (locked.root / "submitted").exists()
    done = locked.tito(*arguments, "--json")
    (data,) = json.loads(done.out)["data"]
    assert [each["why"] for each in data["left"]] == ["not on the roster: raybob-13"]
    assert data["missing"] == ["coh"]
    graded = locked.tito("grade", "01", "submitted", "--time-from", "mtime", "--json", "-")
    (grade,) = json.loads(graded.out)["data"]["grades"]
    assert (grade["student"], grade["earned"], grade["final"]) == ("alee", 5, 4.5)
    same = locked.tito(
        "grade", "01", "submitted", "--time-from", "submitted/times-01_double.csv:submitted", "--json", "-"
    )
    assert json.loads(same.out)["data"]["grades"][0]["final"] == 4.5
