"""Which files of a lesson's folder are modules, which lie beside, and what a release's manifest says instead."""

import pytest

from tito.errors import CourseError
from tito.model.course import Settings
from tito.workflows.course.manifest import MANIFEST, Lesson, Manifest, manifest_text, read_manifest
from tito.workflows.course.modules import beside, helpers, modules_of, others, overlooked
from tito.workflows.course.opening import open_course
from tito.workflows.course.outgoing import write_out
from tito.workflows.course.sources import parse_source

GRADED = '# %% nbgrader={"solution": true, "grade_id": "f"}\nx = 1\n'
NOTEBOOK = (
    '{"cells": [{"cell_type": "code", "source": "%s", "outputs": [], "execution_count": null, "metadata": '
    '{"nbgrader": {"solution": true, "grade_id": "f"}}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
PLAIN = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def modules(tmp_path):
    def build(**files):
        for name, text in files.items():
            path = tmp_path / "modules" / name.replace("__", "/").replace("_DOT_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return modules_of(tmp_path, Settings())

    return build


def names(paths):
    return [path.name for path in paths]


def test_each_source_of_a_folder_is_a_module_and_helpers_belong_to_all(modules):
    found = modules(
        ps1__a_DOT_py=GRADED, ps1__b_DOT_ipynb=NOTEBOOK % "x", ps1__help_DOT_py="y = 1\n", ps1__d_DOT_csv="1"
    )
    assert [(each.id, each.stem, each.folder.name) for each in found] == [
        ("ps1_a", "a", "ps1"),
        ("ps1_b", "b", "ps1"),
    ]
    for module in found:
        assert names(beside(module)) == ["d.csv", "help.py"]
    assert (others(found[0]), helpers(found[0])) == ({"b"}, {"help"})


def test_a_source_alone_is_named_by_its_folder(modules):
    (module,) = modules(
        ps1__a_dev_DOT_py=GRADED, ps1__pkg__init_DOT_py="", ps1__notes_DOT_ipynb=PLAIN, ps1__a_dev_DOT_csv=""
    )
    assert (module.id, module.stem) == ("ps1", "a_dev")
    assert names(beside(module)) == ["a_dev.csv", "init.py"]
    assert names(overlooked(module)) == ["notes.ipynb"]


def test_a_comment_on_nbgrader_makes_no_source(modules):
    (module,) = modules(ps1__a_DOT_py=GRADED, ps1__b_DOT_py='"""Made for nbgrader."""\n')
    assert module.id == "ps1"


def test_two_files_that_would_be_one_module_are_told_by_name(modules):
    with pytest.raises(
        CourseError, match=r"modules/ps1/a_b\.py and modules/ps1_a/b\.py would both be module ps1_a_b"
    ):
        modules(ps1__a_b_DOT_py=GRADED, ps1__z_DOT_py=GRADED, ps1_a__b_DOT_py=GRADED, ps1_a__c_DOT_py=GRADED)


@pytest.mark.parametrize(("text", "same"), [("x = 1", True), ("x = 2", False)])
def test_a_pair_is_one_module_if_its_cells_are_the_same(modules, tmp_path, text, same):
    (module,) = modules(ps1__a_DOT_py=GRADED, ps1__a_DOT_ipynb=NOTEBOOK % text)
    assert (module.source.name, names(module.twins)) == ("a.py", ["a.ipynb"])
    (tmp_path / "tito.toml").write_text("")
    course = open_course(tmp_path)
    if same:
        assert parse_source(course, module).cells[0].source == "x = 1"
        return
    with pytest.raises(CourseError, match=r"modules/ps1/a\.py:2: modules/ps1/a\.ipynb would be module ps1 as well"):
        parse_source(course, module)


def test_a_workspaces_modules_are_those_of_its_manifest(modules, tmp_path):
    lesson = Lesson("modules/ps1/a.ipynb", ("d.csv",))
    (tmp_path / ".tito").mkdir()
    (tmp_path / MANIFEST).write_text(manifest_text(Manifest(modules={"ps1_a": lesson})))
    files = {"ps1__a_DOT_py": GRADED, "ps1__a-Copy1_DOT_py": GRADED, "ps1__d_DOT_csv": "1", "ps1__own_DOT_csv": "2"}
    (module,) = modules(**files)
    assert (module.id, module.source.name, module.stem) == ("ps1_a", "a.py", "a")
    assert names(beside(module)) == ["d.csv"]


@pytest.mark.parametrize(
    "text", ["", "{}", '{"version": 1, "files": {"/etc/x": "1"}, "modules": {}}', '{"version": 9}']
)
def test_a_broken_manifest_is_a_sentence(tmp_path, text):
    (tmp_path / ".tito").mkdir()
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(CourseError, match="this is no manifest of a release"):
        read_manifest(tmp_path)


def test_what_was_changed_since_is_never_overwritten_unasked_and_kept_where_it_is(tmp_path):
    write_out(tmp_path, {"a.txt": b"1", "b.txt": b"1"}, {})
    assert write_out(tmp_path, {"a.txt": b"2", "b.txt": b"1"}, {}) == ()
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(CourseError, match=r"a\.txt: this file was changed since it was released. Use --overwrite"):
        write_out(tmp_path, {"a.txt": b"3", "b.txt": b"3"}, {})
    assert [(tmp_path / name).read_text() for name in ("a.txt", "b.txt")] == ["mine", "1"]
    (kept,) = write_out(tmp_path, {"a.txt": b"3"}, {}, overwrite=True)
    assert (tmp_path / kept).read_text() == "mine"
    assert (tmp_path / "a.txt").read_text() == "3"


def test_what_a_module_has_no_more_is_removed_unless_it_was_changed(tmp_path):
    lesson = "modules/m/m.py"
    files = {lesson: b"", "modules/m/d.csv": b"1", "modules/m/e.csv": b"1", "graders/m/old.py": b"", "other.txt": b""}
    write_out(tmp_path, files, {"m": Lesson(lesson, ("d.csv", "e.csv"))})
    (tmp_path / "modules/m/e.csv").write_text("mine")
    write_out(tmp_path, {lesson: b"", "other2.txt": b""}, {"m": Lesson(lesson)})
    there = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert there == [".tito/release.json", lesson.replace("m.py", "e.csv"), lesson, "other.txt", "other2.txt"]
