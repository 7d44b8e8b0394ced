"""`%tito` in a notebook: which file it is about, and what it shows."""

import sys
import types

import pytest

import tito
from tito.cli import notebook


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", ["check", "w.ipynb"]),
        ("check", ["check", "w.ipynb"]),
        ("check -k relu", ["check", "w.ipynb", "-k", "relu"]),
        ("check 02 -k relu", ["check", "02", "-k", "relu"]),
        ("hint", ["hint", "w.ipynb"]),
        ("module status", ["module", "status"]),
        ("explain 'to do'", ["explain", "to do"]),
    ],
)
def test_a_line_is_about_the_notebooks_own_lesson(line, words):
    assert notebook.arguments(line, "w.ipynb") == words


def test_jupyter_and_vs_code_tell_which_notebook_it_is(tmp_path):
    path = tmp_path / "w.ipynb"
    path.write_text("{}")
    assert notebook.notebook_of({"__vsc_ipynb_file__": str(path)}, {}) == str(path)
    assert notebook.notebook_of({}, {"JPY_SESSION_NAME": str(path)}) == str(path)
    assert notebook.notebook_of({}, {"JPY_SESSION_NAME": "a-kernel-id"}) == ""


def test_the_extension_shows_a_commands_colours_and_no_markup_of_the_text(monkeypatch):
    shown, magics = [], {}
    module = types.ModuleType("IPython.display")
    module.HTML, module.display = str, shown.append
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    monkeypatch.setattr(notebook, "run", lambda words: f"\x1b[32m✓ {words}\x1b[0m <script>")
    shell = types.SimpleNamespace(user_ns={}, register_magic_function=lambda f, kind, name: magics.update({name: f}))
    tito.load_ipython_extension(shell)
    magics["tito"]("explain contract")
    assert "color: #008000" in shown[0]
    assert "&lt;script&gt;" in shown[0]
    assert "explain" in shown[0]


def test_a_command_runs_in_a_process_of_its_own():
    assert notebook.run(["explain", "to do"]).count("NotImplementedError") == 1
