"""A small course, and `tito` in it on a system from which everything is taken that Windows has not."""

import importlib.util
import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Without UTF-8 mode, and with a console and files of another encoding.
SETTINGS = {
    "PYTHONPATH": f"{HERE / 'lacking'}",
    "PYTHONIOENCODING": "cp1252",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "LC_ALL": "C",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
}


@pytest.fixture(scope="session")
def lacking():
    """The environment of a process from which everything is taken."""
    return {**os.environ, **SETTINGS}


def _cli():
    spec = importlib.util.spec_from_file_location("course_of_ones_own", HERE.parent / "cli/conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Lacking:
    """A folder with a course, and tito in it without what Windows lacks."""

    def __init__(self, course):
        self.root, self.read, self.write = course.root, course.read, course.write
        self.tito = lambda *arguments, cwd=".": course.tito(*arguments, cwd=cwd, **SETTINGS)

    def solve(self, answer, path="ws/modules/01_double/double_dev.py"):
        file = self.root / path
        begin, rest = file.read_text("utf-8").split('"""TODO: return twice x."""\n', 1)
        end = rest[rest.index("\n\n# %%") :] if "\n\n# %%" in rest else rest[rest.index("\n# %%") :]
        file.write_text(f'{begin}"""TODO: return twice x."""\n{answer}\n{end}', "utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course, locked and released on such a system."""
    made = Lacking(_cli()._course(tmp_path_factory.mktemp("portable")))
    assert made.tito("lock").code == 0
    assert made.tito("rubric", "init", "01").code == 0
    assert made.tito("release", "--out", "ws").code == 0
    return made
