"""JUnit XML as pytest writes it, for CI: a suite a student, a case a criterion, points as properties.

A wrong answer is a failure; a crash, an endless loop or a file that cannot be read is an error; what was blocked or
waits for a person is skipped. Source: https://github.com/testmoapp/junitxml.
"""

from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tito.model.points import points
from tito.report.formats.explain import explain, reason
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row
from tito.report.words import BESIDE

_FAILURES: Final = frozenset({"failed", "contract", "missing"})
_SKIPS: Final = frozenset({"blocked", "pending"})


def write(result: Result, _options: Options) -> str:
    """Return the class as JUnit XML."""
    root = Element("testsuites", {"name": result.module})
    suites = [_suite(root, result, row) for row in result.rows]
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(each.get(name, "0")) for each in suites)))
    root.set("time", _seconds(sum((row.seconds for row in result.rows), Decimal(0))))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, result: Result, row: Row) -> Element:
    suite = SubElement(root, "testsuite", {"name": row.student or result.module})
    kinds = [_kind(row, each) for each in row.parts]
    suite.set("tests", str(len(kinds)))
    for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(kinds.count(kind)))
    suite.set("time", _seconds(row.seconds))
    if result.graded_at:
        suite.set("timestamp", result.graded_at)
    told = {"max_points": points(row.possible), "status": row.status}
    if row.final is not None:
        told = {"points": points(row.final), **told}
    told |= {each.kind: f"{points(each.points)}: {each.reason}" for each in row.adjustments}
    _properties(suite, told)
    for part, kind in zip(row.parts, kinds, strict=True):
        _case(suite, result, row, part, kind)
    return suite


def _kind(row: Row, part: Part) -> str:
    if part.passed:
        return ""
    if row.refusal:
        return "error"
    return "failure" if part.status in _FAILURES else "skipped" if part.status in _SKIPS else "error"


def _case(suite: Element, result: Result, row: Row, part: Part, kind: str) -> None:
    case = SubElement(suite, "testcase", {"name": part.title, "classname": result.module})
    case.set("time", _seconds(part.seconds))
    told = {"question": part.id, "max_points": points(part.points)}
    if part.earned is not None:
        told = {"points": points(part.earned), **told}
    if part.beside:
        told["beside"] = BESIDE
    _properties(case, told)
    if kind:
        why = row.refusal or reason(part)
        found = SubElement(case, kind, {"message": why, "type": part.status})
        found.text = row.refusal or explain(part)


def _properties(parent: Element, values: dict[str, str]) -> None:
    group = SubElement(parent, "properties")
    for name, value in values.items():
        SubElement(group, "property", {"name": name, "value": value})


def _seconds(value: Decimal) -> str:
    return f"{value:.3f}"
