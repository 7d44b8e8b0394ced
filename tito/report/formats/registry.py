"""The formats by name. A new one is a file beside this one and a line here."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tito.errors import Problem, UsageError
from tito.records import dataclass
from tito.report.formats import (
    annotations,
    classroom50,
    ctrf,
    github_classroom,
    gradescope,
    jsons,
    junit,
    markdown,
    outputs,
    prairielearn,
    summary,
    table,
)
from tito.report.formats.options import Options
from tito.report.formats.view import Result, view


@dataclass(frozen=True, slots=True)
class Format:
    """One consumer's format. `one` means that it holds a single student's grade, `code` that it marks lines of it."""

    name: str
    what: str
    write: Callable[[Result, Options], str]
    one: bool = False
    code: bool = False


FORMATS: Final = {
    each.name: each
    for each in (
        Format("json", "tito's own JSON, of hidden tests only what students may read", jsons.write),
        Format("csv", "a table for spreadsheets, a row a student", table.write),
        Format("junit", "JUnit XML, for CI", junit.write),
        Format("ctrf", "CTRF JSON, the common test report format", ctrf.write),
        Format("markdown", "a report to read", markdown.write),
        Format("gradescope", "Gradescope's results.json", gradescope.write, one=True),
        Format("prairielearn", "PrairieLearn's results.json", prairielearn.write, one=True),
        Format("classroom50", "Classroom 50's result.json", classroom50.write, one=True),
        Format(
            "github-classroom", "outputs for GitHub Classroom's grading reporter", github_classroom.write, one=True
        ),
        Format("annotations", "GitHub workflow commands that mark lines", annotations.write, code=True),
        Format("summary", "Markdown for a GitHub job summary", summary.write),
        Format("outputs", "score and possible, for a GitHub step's outputs", outputs.write),
    )
}


def find(name: str) -> Format:
    """Return a format. Raises UsageError, which names them all, where there is none."""
    if name not in FORMATS:
        raise UsageError(Problem(f"there is no format {name}", f"The formats are {', '.join(FORMATS)}."))
    return FORMATS[name]


def render(name: str, result: Mapping[str, Any], options: Options | None = None, student: str = "") -> str:
    """Return a native result in a format, or `student`'s part of it.

    Raises UsageError where the format cannot hold this, and BrokenError rather than make a grade of a fault of ours.
    """
    return find(name).write(view(result, student), options or Options())
