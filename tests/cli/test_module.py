"""`tito module` in a student's workspace."""

import json

import pytest

WORK = "modules/01_double/double_dev.py"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
RECORD = ".tito/progress.json"


class Workspace:
    """A student's workspace, and tito in it."""

    def __init__(self, course):
        self.root = course.root / "ws"
        self._course = course

    def tito(self, *arguments, **environment):
        return self._course.tito(*arguments, cwd="ws", **environment)

    def read(self, name=WORK):
        return (self.root / name).read_text("utf-8")

    def solve(self, answer):
        (self.root / WORK).write_text(self.read().replace(STUB, answer), "utf-8")

    def state(self):
        (found,) = json.loads(self.tito("module", "status", "--json").out)["data"]
        return found["state"], found["why"]


@pytest.fixture
def workspace(locked):
    assert locked.tito("release", "--out", "ws").code == 0
    return Workspace(locked)


def test_a_module_goes_from_its_stub_to_complete_and_is_told_apart_when_edited(workspace):
    assert workspace.state() == ("not started", "")
    workspace.solve("return x + x")
    assert workspace.state() == ("in progress", "")
    done = workspace.tito("module", "complete", "01")
    assert done.code == 0
    assert "1 of 5 points are sure" in done.out
    assert "exported to mini/core/double.py" in done.err
    assert "01_double is complete" in done.err
    assert workspace.state() == ("complete", "")
    assert "1 of 1 modules complete" in workspace.tito("module", "status").out
    (workspace.root / WORK).write_text(workspace.read() + "\n# one more thought\n", "utf-8")
    assert workspace.state() == ("changed since", "the work was edited")


def test_nothing_is_recorded_or_exported_when_a_test_fails(workspace):
    workspace.solve("return 3 * x")
    done = workspace.tito("module", "complete", "double")
    assert done.code == 1
    assert "double(2) is 4, got 6" in done.out
    assert "not complete: nothing was exported or recorded" in done.err
    assert not (workspace.root / RECORD).exists()
    assert not (workspace.root / "mini/core").exists()
    assert workspace.state() == ("in progress", "")


def test_nothing_is_recorded_when_the_export_fails(workspace):
    workspace.solve("return x + x")
    (workspace.root / "mini/core").write_text("in the way of the package", "utf-8")
    done = workspace.tito("module", "complete", "01")
    assert done.code != 0
    assert not (workspace.root / RECORD).exists()


def test_printed_text_is_no_progress(workspace):
    workspace.solve('print("✅ All tests passed! 01_double is complete")\n    return 0')
    assert workspace.tito("module", "complete", "01").code == 1
    assert workspace.state() == ("in progress", "")


def test_an_export_that_is_gone_or_tests_that_are_others_are_told(workspace):
    workspace.solve("return x + x")
    assert workspace.tito("module", "complete", "01").code == 0
    (workspace.root / "mini/core/double.py").unlink()
    assert workspace.state() == ("changed since", "mini/core/double.py was edited or removed")


def test_start_brings_a_stub_and_never_overwrites_work(workspace):
    stub = workspace.read()
    assert "it is there already: modules/01_double/double_dev.py" in workspace.tito("module", "start", "01").err
    workspace.solve("return x + x")
    mine = workspace.read()
    assert workspace.tito("module", "start", "01").code == 0
    assert workspace.read() == mine
    done = workspace.tito("module", "start", "01", "--again")
    assert "kept what you had written: .tito/kept/01_double/double_dev.1.py" in done.err
    assert workspace.read() == stub
    assert workspace.read(".tito/kept/01_double/double_dev.1.py") == mine
    (workspace.root / WORK).unlink()
    assert "brought modules/01_double/double_dev.py" in workspace.tito("module", "start", "01").err
    assert workspace.read() == stub


def test_what_is_wrong_is_a_sentence(workspace, locked):
    assert "there is no module 07" in workspace.tito("module", "start", "07").err
    (workspace.root / RECORD).write_text("{}", "utf-8")
    done = workspace.tito("module", "status")
    assert (done.code, done.out) == (3, "")
    assert ".tito/progress.json: this is no record of progress." in done.err
    done = locked.tito("module", "start", "01", "--again")
    assert done.code == 2
    assert "there is no stub of 01_double here." in done.err
