"""Grades become text for people and programs; nothing is computed here that scoring could.

What a command does not print is not imported: each name is fetched from its file when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tito.report.audit import audit_report
    from tito.report.check import check_report, first_thing, student_report, syntax_report
    from tito.report.classroom import Shown, class_report
    from tito.report.native import check_json, class_json, document, grades_json
    from tito.report.style import Style
    from tito.report.text import label, safe, unobeyed

__all__ = [
    "Shown",
    "Style",
    "audit_report",
    "check_json",
    "check_report",
    "class_json",
    "class_report",
    "document",
    "first_thing",
    "grades_json",
    "label",
    "safe",
    "student_report",
    "syntax_report",
    "unobeyed",
]

_HOMES: Final = {
    "audit": ("audit_report",),
    "check": ("check_report", "first_thing", "student_report", "syntax_report"),
    "classroom": ("Shown", "class_report"),
    "native": ("check_json", "class_json", "document", "grades_json"),
    "style": ("Style",),
    "text": ("label", "safe", "unobeyed"),
}


def __getattr__(name: str) -> Any:
    home = next((each for each, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{home}"), name)
