"""`tito init`: what it makes is proved, and what is there stays."""

import pytest


@pytest.fixture
def empty(course, tmp_path):
    """tito in a folder that belongs to no course."""
    course.root = tmp_path / "desk"
    course.root.mkdir()
    return course


def test_a_new_course_passes_all_that_its_ci_file_runs(empty):
    assert empty.tito("init", "Zahlen 101").code == 0
    settings = empty.read("Zahlen 101/tito.toml")
    assert 'name = "Zahlen 101"' in settings
    assert 'package = "zahlen_101"' in settings
    assert [path.name for path in empty.root.iterdir()] == ["Zahlen 101"]
    text = empty.read("Zahlen 101/.github/workflows/course.yml")
    commands = [line.partition("- run: tito ")[2].split() for line in text.splitlines() if "- run: tito " in line]
    assert ["audit", "--check", "--fail-under", "90"] in commands
    for command in commands:
        done = empty.tito(*command, cwd="Zahlen 101")
        assert done.code == 0, done.out
    assert "free points" not in done.out


def test_what_is_there_is_never_overwritten(empty):
    empty.write("full/notes.txt", "mine")
    done = empty.tito("init", "full")
    assert done.code == 2
    assert "full: this is there already and not empty. Name a new folder." in done.err
    assert [path.name for path in (empty.root / "full").iterdir()] == ["notes.txt"]
    assert empty.tito("init", "full/notes.txt").code == 2
    assert empty.read("full/notes.txt") == "mine"


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("numbers", "course_numbers"),
        ("class", "course_class"),
        ("101", "course_101"),
        ("Ünï", "n"),
        ("my-course", "my_course"),
        ("数", "course"),
        ("modules", "course_modules"),
    ],
)
def test_the_package_is_a_name_of_its_own(name, package):
    from tito.workflows.course.init import _package

    assert _package(name) == package
