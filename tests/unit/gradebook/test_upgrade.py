"""Schema versions: new, older, newer, and what is no gradebook."""

import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import inspect, text

from tests.unit.gradebook.conftest import NOW, fresh_database, graded, write
from tito.errors import CourseError, TitoError, UsageError
from tito.gradebook import schema
from tito.gradebook.book import open_gradebook
from tito.gradebook.database import connect, writing
from tito.gradebook.location import locate
from tito.gradebook.read import current
from tito.gradebook.upgrade import HEAD, REVISIONS, _migrate


def told(location, **settings):
    with pytest.raises(TitoError) as caught:
        open_gradebook(location, NOW, **settings)
    return type(caught.value), str(caught.value).replace(location.shown, "G")


def older(location):
    """Make a gradebook of the first schema that holds a student."""
    engine = connect(location, create=True)
    with writing(engine, location) as connection:
        _migrate(connection, REVISIONS[0])
        connection.execute(text("INSERT INTO students (name) VALUES ('ann')"))


def test_the_migrations_make_the_tables_that_the_code_uses(book):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with book.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        assert inspect(connection).get_table_names()


def test_every_revision_has_a_migration(book):
    from pathlib import Path

    from tito.gradebook import migrations

    files = sorted(Path(migrations.__file__).parent.glob("versions/0*.py"))
    assert [each.name[:4] for each in files] == list(REVISIONS)


def test_an_older_file_is_upgraded_after_a_backup(tmp_path):
    location = locate("gradebook.db", tmp_path)
    older(location)
    book = open_gradebook(location, NOW)
    assert book.backup == tmp_path / "gradebook.db.0001-20261005T120000.bak"
    write(book, graded("bob"))
    with book.reading() as connection:
        assert connection.execute(text("SELECT name FROM students ORDER BY name")).scalars().all() == ["ann", "bob"]
    with sqlite3.connect(book.backup) as copy:
        assert copy.execute("SELECT name FROM students").fetchall() == [("ann",)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    copy.close()
    assert open_gradebook(location, NOW).backup is None


def test_an_older_database_on_a_server_waits_for_a_backup_by_its_keeper(postgres):
    location = fresh_database(postgres)
    older(location)
    kind, sentence = told(location)
    assert kind is CourseError
    assert sentence.startswith(
        f"G: this gradebook is of an older tito (schema 0001, not {HEAD}). Back it up with pg_dump"
    )
    book = open_gradebook(location, NOW, server=True)
    with book.reading() as connection:
        assert current(connection) == ()


def test_a_newer_gradebook_is_refused(location):
    book = open_gradebook(location, NOW, create=True)
    with book.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    expected = f"G: this gradebook is of a newer tito (schema 0999; this tito knows {HEAD}). Upgrade tito."
    assert told(location) == (CourseError, expected)


def test_what_is_no_gradebook_is_left_alone(tmp_path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name)")
    connection.close()
    assert told(locate("other.db", tmp_path)) == (
        CourseError,
        "G: this database is not a gradebook. Name another one.",
    )
    (tmp_path / "text.db").write_text("hello, this is a text and no database at all" * 99)
    assert told(locate("text.db", tmp_path)) == (CourseError, "G: this is not a gradebook. Name another file.")


def test_a_gradebook_that_is_not_there_is_not_made_by_chance(tmp_path):
    kind, sentence = told(locate("gradebook.db", tmp_path))
    assert kind is UsageError
    assert sentence.startswith("G: there is no gradebook here. Make one with `tito gradebook init`")
    assert not list(tmp_path.iterdir())
    assert (
        told(locate("no/where.db", tmp_path), create=True)[1]
        == "G: there is no folder for this gradebook. Make the folder."
    )


URLS = {
    "unknown": ("oracle://ada:secret@host/db", "oracle://ada:***@host/db: tito keeps no gradebook in oracle. Name a file"),
    "unreachable": ("postgresql://ada:secret@127.0.0.1:1/db", "G: the gradebook cannot be used: "),
    "no port": ("postgresql://ada:secret@host:port/db", "G: this is not a database's URL."),
}  # fmt: skip


@pytest.mark.parametrize(("url", "sentence"), URLS.values(), ids=URLS)
def test_a_password_is_never_told(url, sentence, tmp_path):
    with pytest.raises(TitoError) as caught:
        open_gradebook(locate(url, tmp_path), NOW)
    shown = (
        str(caught.value)
        .replace("postgresql://ada:***@127.0.0.1:1/db", "G")
        .replace("postgresql://ada:***@host:port/db", "G")
    )
    assert shown.startswith(sentence)
    assert "secret" not in str(caught.value)


def test_many_that_open_a_new_gradebook_at_once_make_one(location):
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from tito.gradebook.book import open_gradebook; from tito.gradebook.location import locate\n"
        "open_gradebook(locate(sys.argv[1], Path('/')), datetime.now(UTC), create=True)"
    )
    place = str(location.file) if location.file else location.url
    opening = [subprocess.Popen([sys.executable, "-c", code, place], stderr=subprocess.PIPE) for _ in range(4)]
    assert [each.communicate(timeout=120)[1] for each in opening] == [b""] * 4
    with open_gradebook(location, NOW).reading() as connection:
        assert current(connection) == ()
