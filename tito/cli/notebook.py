"""`%tito` in a notebook: a command on the saved file, with its result below the cell."""

import io
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_WIDTH: Final = "100"
# Commands that are about the lesson at hand where none is named.
_OF_A_LESSON: Final = frozenset({"check", "hint", "submit"})
_ENDINGS: Final = (".ipynb", ".py")


def register(shell: Any) -> None:
    """Make `%tito` known to an IPython shell."""

    def tito(line: str) -> None:
        """Run tito on what is saved: `%tito check -k relu`."""
        _show(run(arguments(line, notebook_of(shell.user_ns, dict(os.environ)))))

    shell.register_magic_function(tito, "line", "tito")


def notebook_of(names: dict[str, Any], environment: dict[str, str]) -> str:
    """Return the path of the notebook that a kernel belongs to, as Jupyter and VS Code tell it, or ""."""
    told = (names.get("__vsc_ipynb_file__"), names.get("__session__"), environment.get("JPY_SESSION_NAME"))
    return next(
        (str(each) for each in told if each and str(each).endswith(_ENDINGS) and Path(str(each)).is_file()), ""
    )


def arguments(line: str, notebook: str) -> list[str]:
    """Return the command line that a magic's line stands for; the notebook's own lesson where it names none."""
    words = shlex.split(line) or ["check"]
    named = any(not word.startswith("-") for word in _without_values(words[1:]))
    return [words[0], notebook, *words[1:]] if words[0] in _OF_A_LESSON and notebook and not named else words


def _without_values(words: list[str]) -> list[str]:
    return [word for place, word in enumerate(words) if not (place and words[place - 1] in {"-k", "--prereqs"})]


def run(words: list[str]) -> str:
    """Run tito in a process of its own, and return what it printed, with its colours."""
    settings = {"FORCE_COLOR": "1", "COLUMNS": _WIDTH, "PYTHONUTF8": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-c", "from tito.cli import main; main()", *words]
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        command,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")


def _show(printed: str) -> None:
    from IPython.display import HTML, display

    display(HTML(page(printed)))


def page(printed: str) -> str:
    """Return printed text with its colours as HTML, in which nothing of it is markup."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, file=io.StringIO(), width=int(_WIDTH), force_terminal=True)
    console.print(Text.from_ansi(printed), soft_wrap=True)
    style = "white-space:pre-wrap;overflow-x:auto;line-height:normal"
    return console.export_html(inline_styles=True, code_format=f'<pre style="{style}">{{code}}</pre>')
