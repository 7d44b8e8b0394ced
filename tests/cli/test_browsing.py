"""Opening a page: a browser where somebody sits before one, a path where nobody does."""

import io
import webbrowser
from types import SimpleNamespace

import pytest

from tito.cli import browsing
from tito.cli.browsing import open_page


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def opened(monkeypatch):
    """A terminal with a screen; the addresses that a browser was given."""
    found = []
    here = SimpleNamespace(stdout=Terminal(), stderr=Terminal(), platform="linux")
    monkeypatch.setattr(browsing, "sys", here)
    for name in ("WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", lambda uri: found.append(uri) or True)
    return found


def test_a_page_opens_where_there_is_a_screen(opened, tmp_path, capsys):
    open_page(tmp_path / "a b.html")
    assert opened == [f"{tmp_path.as_uri()}/a%20b.html"]
    assert capsys.readouterr().err == f"opened {tmp_path}/a b.html\n"


@pytest.mark.parametrize("without", ["screen", "terminal", "browser"])
def test_where_nothing_can_open_it_its_place_is_said(opened, monkeypatch, tmp_path, capsys, without):
    if without == "screen":
        monkeypatch.delenv("DISPLAY")
    elif without == "terminal":
        browsing.sys.stdout = io.StringIO()
    else:
        monkeypatch.setattr(webbrowser, "open", lambda _: False)
    open_page(tmp_path / "p.html")
    assert (opened, capsys.readouterr().err) == ([], f"open this page in a browser: {tmp_path}/p.html\n")


def test_grade_writes_the_class_page_and_says_where_it_is(locked):
    locked.write("in/ann.py", "def double(x):\n    return 2 * x\n")
    done = locked.tito("grade", "01", "in", "--open", "--quiet")
    page = locked.root / ".tito/pages/01/index.html"
    assert f"open this page in a browser: {page}\n" in done.err
    assert "students/ann.html" in page.read_text()
    assert f"{locked.root}/out/index.html\n" in locked.tito("grade", "01", "in", "--open", "--html", "out").err
