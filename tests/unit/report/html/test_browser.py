"""Pages in a real browser, with hostile text in them; skipped by name where there is no Chromium."""

import re
import shutil
import subprocess

import pytest

from tito.model.outcome import Status
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, student_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--hide-scrollbars",
)  # fmt: skip
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def opened(page, tmp_path, *flags):
    """Open a page; return its DOM, or what the flags make, and the browser's console."""
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path}/profile", *(flags or ["--dump-dom"]), path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


@pytest.fixture
def pages(native, grade, badly, hostile):
    result = view(native(badly))
    code = (CodeCell("w.py", 1, f"x = '''{hostile}'''\n</code></pre><script>document.title = 'owned'</script>"),)
    many = native(badly, *[grade(f"s{n}", Status.FAILED, Status.PASSED, Status.ERROR) for n in range(9)])
    return [student_page(result, result.rows[0], code), class_page(view(many), many["data"]["statistics"])]


def test_hostile_text_stays_text_in_a_browser_and_the_style_is_let_through(pages, tmp_path):
    for page in pages:
        dom, console = opened(page, tmp_path)
        assert console == ""
        assert not re.search(r"<(script|img|iframe|b|h1 )\b(?! )", dom)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in dom
        assert "<title>owned" not in dom


def test_the_policy_stops_even_a_script_that_got_in(pages, tmp_path):
    for page in pages:
        infected = page.replace("</body>", "<script>document.title = 'owned'</script></body>")
        dom, console = opened(infected, tmp_path)
        assert "<title>owned" not in dom
        assert "Content Security Policy" in console


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_but_code_and_the_wide_table_is_wider_than_the_window(width, pages, tmp_path):
    # Measured in a frame, for a headless window is never narrower than 500 pixels.
    for page in pages:
        probe = "<script>onload=()=>{document.title=document.documentElement.scrollWidth+'/'+innerWidth}</script>"
        measured = re.sub(r'<meta http-equiv="[^>]*>', "", page).replace("</body>", f"{probe}</body>")
        (tmp_path / "inner.html").write_text(measured, "utf-8")
        outer = (
            f"<iframe id=f src=inner.html width={width} height=900></iframe><script>f.onload=()=>"
            "setTimeout(()=>{document.title=f.contentDocument.title},200)</script>"
        )
        flags = ("--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom")
        dom, _ = opened(outer, tmp_path, *flags)
        found = re.search(r"<title>(\d+)/(\d+)</title>", dom)
        assert found
        assert int(found[1]) <= int(found[2]) == width
