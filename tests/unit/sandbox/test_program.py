"""A program beside a submission: bounded in time and output, and kept from every file but its own."""

import shutil
import time

import pytest

from tito.sandbox import landlock
from tito.sandbox.program import run

CAT, SLEEP, YES, SH = (shutil.which(name) or "" for name in ("cat", "sleep", "yes", "sh"))


@pytest.fixture
def confined():
    try:
        landlock.version()
    except OSError:
        pytest.skip("this system has no Landlock")


def test_a_program_reads_what_it_is_given_and_has_an_environment_of_its_own(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    assert run([CAT], b"hello", {}, 5).output == b"hello"
    assert run([shutil.which("env")], b"", {"A": "1"}, 5).output == b"A=1\n"


def test_a_program_reads_no_other_file_and_writes_none(confined, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    said = run([CAT, str(secret)], b"", {}, 5)
    assert (said.output, said.code) == (b"", 1)
    assert run([SH, "-c", f"echo x > {tmp_path}/made"], b"", {}, 5).code != 0
    assert not (tmp_path / "made").exists()


def test_a_program_starts_no_other_one(confined):
    assert run([SH, "-c", f"{CAT} /dev/null"], b"", {}, 5).code == 126


def test_what_takes_too_long_or_says_too_much_is_ended():
    begun = time.monotonic()
    assert run([SLEEP, "60"], b"", {}, 0.3).code is None
    assert len(run([YES], b"", {}, 20, most=100_000).output) == 100_000
    assert time.monotonic() - begun < 15


def test_what_cannot_be_started_is_told():
    with pytest.raises(OSError, match="nowhere"):
        run(["/nowhere"], b"", {}, 5)
