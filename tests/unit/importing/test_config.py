"""nbgrader_config.py is read off its syntax tree."""

import pytest

from tito.errors import CourseError
from tito.importing.config import read_config

CONFIG = """
import os
name = "course"
c = get_config()
c.CourseDirectory.course_id = name + "101"
c.IncludeHeaderFooter.header = f"source/{name}.ipynb"
c.ClearSolutions.code_stub = {"python": "pass"}
c.CourseDirectory.source_directory = os.environ["HOME"]
if True:
    c.IncludeHeaderFooter.footer = "footer.ipynb"
open("ran", "w")
"""


def test_literals_and_names_of_literals_are_read():
    config = read_config(CONFIG, "nbgrader_config.py")
    assert config.text("CourseDirectory.course_id") == "course101"
    assert config.text("IncludeHeaderFooter.header") == "source/course.ipynb"


def test_what_is_computed_or_perhaps_set_keeps_its_default_and_is_told_with_its_line():
    config = read_config(CONFIG, "nbgrader_config.py")
    assert config.text("CourseDirectory.source_directory") == "source"
    assert config.text("IncludeHeaderFooter.footer") == ""
    told = " ".join(config.notes)
    for place in (
        ":7: ClearSolutions.code_stub",
        ":8: CourseDirectory.source_directory",
        ":10: IncludeHeaderFooter.footer",
    ):
        assert place in told


def test_nothing_of_it_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read_config(CONFIG, "nbgrader_config.py")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_python_is_refused_with_its_line():
    with pytest.raises(CourseError, match=r"nbgrader_config\.py:2: this is not Python"):
        read_config("c = get_config()\nc.A.b = = 1\n", "nbgrader_config.py")
