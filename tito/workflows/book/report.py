"""`tito report`: a native result, from a file or just made, in the formats of other programs."""

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tito.errors import CourseError, Problem, UsageError
from tito.model.course import Course
from tito.report import class_json, label
from tito.report.formats import Options, find, render
from tito.scoring import statistics
from tito.workflows.course.opening import read_text, write_text

if TYPE_CHECKING:
    from tito.gradebook.book import Gradebook


def schema() -> str:
    """Return the JSON Schema of native results."""
    return files("tito.report").joinpath("schemas", "result.schema.json").read_text("utf-8")


def load_result(path: Path) -> Mapping[str, Any]:
    """Read a native result. Raises UsageError for none and CourseError for what does not fit the schema."""
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name one that `tito grade --json` wrote.", str(path)))
    try:
        result = json.loads(read_text(path, "Grade again with --json."))
    except json.JSONDecodeError as fault:
        raise CourseError(Problem("this is not JSON", "Grade again with --json.", str(path), fault.lineno)) from None
    _validate(result, path)
    return result  # type: ignore[no-any-return]


def recorded(
    course: Course, book: "Gradebook", wanted: str, among: frozenset[str] | None = None
) -> Mapping[str, Any]:
    """Return the grades of a module that count as a native result. Raises UsageError where there are none."""
    from tito.workflows.book.grades import read_book  # noqa: PLC0415 - SQLAlchemy, for those who keep a gradebook

    found = read_book(course, book, wanted, outcomes=True, among=among)
    grades = [each.grade for each in found.standings if each.grade]
    if not grades:
        raise UsageError(Problem(f"the gradebook has no grades of {wanted}", "Run `tito grade` first."))
    latest = max(each.kept.at for each in found.standings if each.kept)
    (rubric,) = found.rubrics
    names = {each.person.name: each.person.full_name for each in found.standings}
    text = class_json(rubric, grades, statistics(rubric, grades), latest.isoformat(timespec="seconds"), names)
    return json.loads(text)  # type: ignore[no-any-return]


def _validate(result: Any, path: Path) -> None:
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 0.07 s, for results from files alone

    fault = next(iter(sorted(Draft7Validator(json.loads(schema())).iter_errors(result), key=str)), None)
    if fault:
        place = "/".join(map(str, fault.absolute_path)) or "the document"
        what = f"this is not a result of tito's: {place}: {fault.message[:200]}"
        raise CourseError(Problem(what, "Grade again with --json.", str(path)))


def convert(result: Mapping[str, Any], form: str, out: Path | None, options: Options, student: str = "") -> str:
    """Return a result in a format, and write it to `out` where that is a file."""
    if find(form).code:
        # What reads sources, for formats that show a student's lines.
        from tito.collection.shelf import Shelf  # noqa: PLC0415
        from tito.report.html.code import lines_of  # noqa: PLC0415
        from tito.workflows.book.pages import code_at  # noqa: PLC0415

        paths = {each["path"] for each in result["data"]["grades"] if not student or each["student"] == student}
        options = replace(
            options, code={label(path, 1_000): lines_of(code_at(Shelf(), Path(path))) for path in paths}
        )
    text = render(form, result, options, student)
    if out and str(out) != "-":
        write_text(out, text)
    return text
