"""Gradebooks to test: a SQLite file, and a PostgreSQL server of our own where the machine has one."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.gradebook.record import Batch, Entry, record
from tito.model.outcome import Failure, Frame, Outcome, Run, Status
from tito.model.rubric import Criterion, Rubric
from tito.scoring import score

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
RUBRIC = Rubric(
    "01_m", "Module", Decimal(10), (Criterion("a", Decimal("6.5"), "A"), Criterion("b", Decimal("3.5"), "B"))
)
FAILURE = Failure(
    "expected 1, got 2", "detail", "assert f() == 1", (Frame("w.py", 3, "f", "return 2"),), ("f() → 2",)
)


def graded(student="ann", *passed, rubric=RUBRIC, status=Status.FAILED, **fields):
    run = Run(
        tuple(
            Outcome(each.id, f"t::{each.id}", Status.PASSED, 0.1, passes=1)
            if each.id in passed
            else Outcome(each.id, f"t::{each.id}", status, 0.1, FAILURE, output="hi\x00\x1b\ud800")
            for each in rubric.criteria
            if not each.manual
        ),
        ("a note",),
        "standard",
        0.25,
    )
    return score(rubric, run, student=student, module=rubric.module, path=f"in/{student}.py", **fields)


def write(book, *grades, rubric=RUBRIC, digest="d1", proposed=False, answers=(), at=NOW):
    batch = Batch(rubric, digest, "ada", at, "tito 0", proposed=proposed)
    with book.writing() as connection:
        return record(
            connection,
            batch,
            [Entry(each, f"sha-{len(each.student)}-{each.student[:1]}", answers) for each in grades],
        )


def _postgres_tools():
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return Path(found).parent if found else next((each for each in folders if (each / "initdb").exists()), None)


def _as_user():
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return [], getpass.getuser()
    user = next((each for each in ("postgres", "nobody") if _exists(each)), None)
    return (["setpriv", "--reuid", user, "--clear-groups", "--"], user) if user and shutil.which("setpriv") else None


def _exists(user):
    return user in {each.pw_name for each in pwd.getpwall()}


@pytest.fixture(scope="session")
def postgres():
    """The URL of a server that lives as long as the tests."""
    tools, run = _postgres_tools(), _as_user()
    if tools is None or run is None:
        pytest.skip("no PostgreSQL server is installed here")
    pytest.importorskip("psycopg")
    prefix, user = run
    folder = Path(tempfile.mkdtemp(prefix="tito-pg-"))
    if prefix:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = folder / "data", folder / "log"

    def tool(name, *arguments):
        subprocess.run(
            [*prefix, str(tools / name), *arguments], check=True, capture_output=True, cwd=folder, timeout=120
        )

    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    tool("initdb", "-D", str(data), "-U", "tito", "-A", "trust", "-E", "UTF8", "--locale=C")
    tool("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    try:
        yield f"postgresql://tito@127.0.0.1:{port}"
    finally:
        tool("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def location(request, tmp_path):
    """A place without a gradebook, on each kind of database."""
    if request.param == "sqlite":
        return locate("gradebook.db", tmp_path)
    return fresh_database(request.getfixturevalue("postgres"))


def fresh_database(server):
    import psycopg

    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return locate(f"{server}/{name}", Path())


@pytest.fixture
def book(location):
    return open_gradebook(location, NOW, create=True)
