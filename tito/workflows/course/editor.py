"""`tito release --vscode`: tasks that run tito in VS Code, and what finds the student's lines in its reports."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tito.workflows.course.opening import write_text

TASKS: Final = ".vscode/tasks.json"
SETTINGS: Final = ".vscode/settings.json"
# Each finds path:line in one line of a report; VS Code takes what it finds for a problem there.
_PATTERNS: Final[Mapping[str, tuple[str, str, Mapping[str, int]]]] = {
    "tito-syntax": (r"(this is not Python yet): (.+?):(\d+)(?::(\d+))?$", "error", {"message": 1, "column": 4}),
    "tito-stops": (r"(a cell stops): (.+?):(\d+)$", "error", {"message": 1}),
    "tito-yours": (r"^\s+(yours): (.+?):(\d+) (.*)$", "error", {"message": 4}),
    "tito-to-do": (r"^\s+()(\S+?\.py):(\d+)  (.+)$", "info", {"message": 4}),
}


def write_vscode(out: Path) -> tuple[str, ...]:
    """Write the files into a released workspace, and return their names."""
    texts = {TASKS: tasks(), SETTINGS: {"yaml.schemas": {"./rubrics/schema.json": "rubrics/*.yaml"}}}
    for name, content in texts.items():
        write_text(out / name, json.dumps(content, indent=2) + "\n")
    return tuple(texts)


def tasks() -> dict[str, Any]:
    """Return VS Code's tasks: a check of the file at hand, a hint, and a watch in the background."""
    return {
        "version": "2.0.0",
        # Whole lines, for a path that is broken is none; words, for signs say nothing here.
        "options": {"env": {"COLUMNS": "400", "TITO_PLAIN": "1"}},
        "tasks": [
            _task("tito: check this lesson", ["check", "${file}"], group={"kind": "test", "isDefault": True}),
            _task("tito: hint", ["hint", "${file}"]),
            _task("tito: submit this lesson", ["submit", "${file}"]),
            _task("tito: check at every save", ["check", "--watch", "${file}"]),
        ],
    }


def _task(label: str, arguments: list[str], **more: Any) -> dict[str, Any]:
    return {
        "label": label,
        "type": "shell",
        "command": "${command:python.interpreterPath}",
        "args": ["-m", "tito", *arguments],
        "presentation": {"clear": True, "showReuseMessage": False},
        "problemMatcher": [_matcher(name) for name in _PATTERNS],
        **more,
    }


def _matcher(owner: str) -> dict[str, Any]:
    regexp, severity, more = _PATTERNS[owner]
    return {
        "owner": owner,
        "source": "tito",
        "severity": severity,
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": regexp, "file": 2, "line": 3, **more},
    }
