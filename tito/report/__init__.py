"""Grades become text for people and programs; nothing is computed here that scoring could."""

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
