"""The time of a commit, out of a checkout whose settings are a student's."""

import os
import subprocess
from datetime import datetime

import pytest

from tito.workflows.grading.commits import commit_time

WHEN = "2026-10-02T10:00:00+02:00"


@pytest.fixture
def checkout(tmp_path):
    """A repository with one committed file."""

    def git(*arguments):
        settings = ("-c", "user.name=ann", "-c", "user.email=a@x", "-c", "commit.gpgsign=false")
        environment = {**os.environ, "GIT_COMMITTER_DATE": WHEN, "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z"}
        command = ["git", *settings, *arguments]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "work.py").write_text("a = 1\n")
    git("add", ".")
    git("commit", "-q", "-m", "hand in")
    return tmp_path


def test_the_committers_time_counts(checkout):
    assert commit_time(checkout / "work.py") == datetime.fromisoformat(WHEN)


def test_without_a_commit_there_is_no_time(checkout):
    (checkout / "new.py").write_text("")
    assert commit_time(checkout / "new.py") is None
    assert commit_time(checkout / "-n.py") is None


def test_nothing_that_a_checkouts_settings_name_is_run(checkout):
    marker = checkout / "owned"
    script = checkout / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {marker}\n")
    script.chmod(0o755)
    config = checkout / ".git/config"
    config.write_text(
        "[core]\n repositoryformatversion = 1\n"
        f" fsmonitor = {script}\n pager = {script}\n hooksPath = {checkout}\n sshCommand = {script}\n"
        f"[gpg]\n program = {script}\n[log]\n showSignature = true\n[diff]\n external = {script}\n"
        f'[extensions]\n partialClone = o\n[remote "o"]\n url = ext::{script}\n promisor = true\n'
        f'[protocol]\n allow = always\n[protocol "ext"]\n allow = always\n[alias]\n rev-list = !{script}\n'
    )
    for each in (checkout / ".git/objects").rglob("*"):
        if each.is_file():
            each.unlink()
    assert commit_time(checkout / "work.py") is None
    assert not marker.exists()
