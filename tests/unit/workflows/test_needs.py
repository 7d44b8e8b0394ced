"""What a student's workspace needs, and what is missing there."""

from pathlib import Path

from tito.model.course import Course, Settings
from tito.workflows.student.needs import installed, needs


def told(tmp_path, **places):
    course = Course(tmp_path, Settings(package="mini", packages=("numpy", "nowhere_to_be_found")))
    return {each.what: each for each in needs(course, places.get)}


def test_what_is_missing_says_the_line_that_installs_it(tmp_path):
    found = told(tmp_path, numpy=Path("/x/numpy"), mini=tmp_path / "mini")
    assert found["the package numpy"].held
    missing = found["the package nowhere_to_be_found"]
    assert (missing.held, missing.fix) == (False, "Run `python -m pip install nowhere_to_be_found`.")


def test_another_folders_package_is_not_this_workspaces(tmp_path):
    (own,) = (each for what, each in told(tmp_path, mini=Path("/elsewhere/mini")).items() if "import mini" in what)
    assert not own.held
    assert "another folder's, /elsewhere/mini" in own.what


def test_jupyter_is_needed_for_notebooks_alone(tmp_path):
    assert not told(tmp_path)["Jupyter"].needed


def test_the_folder_at_hand_counts_for_nothing(tmp_path, monkeypatch):
    (tmp_path / "only_here.py").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert installed("only_here") is None
    assert installed("numpy") is not None


def test_where_tito_is_a_tool_of_its_own_packages_go_beside_it_and_notebooks_are_elsewhere(tmp_path):
    (tmp_path / "pipx_metadata.json").touch()
    course = Course(tmp_path, Settings(package="mini", packages=("nowhere_to_be_found",)))
    missing, own, *_ = (each for each in needs(course, {}.get, tmp_path) if not each.held)
    assert missing.fix == "Run `pipx inject tito-autograder nowhere_to_be_found`."
    assert (missing.needed, own.needed) == (True, False)
