"""Values that a notebook's reference has, asked of it in a judge, as its tests will ask submissions."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tito.errors import CourseError, Problem
from tito.importing.autotest import Snippet, answer, checks, kinds, probe, snippets, templates, values, with_tests
from tito.importing.config import Config
from tito.importing.packages import packages
from tito.model.course import Settings
from tito.model.document import Document, Format
from tito.source import write
from tito.source.plain import PlainError, yaml_data
from tito.workflows.course.building import blank, generated_of, test_file
from tito.workflows.course.opening import FILE, open_course, read_text, write_bytes, write_text
from tito.workflows.course.settings import settings_text
from tito.workflows.course.sources import parse_source, work_of
from tito.workflows.grading.grader import make_plan
from tito.workflows.grading.judges import run_of, start_pool

_KEYS = ("packages", "unmarked")


def instantiated(document: Document, beside: Mapping[str, bytes], template: Path, config: Config) -> Document:
    """Return a notebook with tests in place of its AUTOTEST lines, made from what the reference answers.

    `beside` are the files of its folder, `template` its autotests.yml. Raises CourseError for templates that are
    wrong, and where the reference has no value.
    """
    fix = "Put an autotests.yml into the course's folder, or into the assignment's."
    try:
        made = templates(yaml_data(read_text(template, fix)), config)
        asked = snippets(document, made)
        types = _answers(kinds(document, made), beside)
        _refuse_lacking({probe(each): each for each in asked}, types)
        answers = _answers(values(document, made, types), beside)
        wanted = {probe(each, place): each for each in asked for place, _ in enumerate(checks(each, made, types))}
        _refuse_lacking(wanted, answers)
        return with_tests(document, made, types, answers)
    except (ValueError, PlainError) as fault:
        raise CourseError(Problem(f"its AUTOTEST lines cannot be made tests: {fault}", fix, document.path)) from None


def _refuse_lacking(wanted: Mapping[str, Snippet], answers: Mapping[str, str]) -> None:
    for name, snippet in wanted.items():
        if name not in answers:
            raise ValueError(f"the reference has no value for `{snippet.text}` of {snippet.cell}")


def _answers(document: Document, beside: Mapping[str, bytes]) -> dict[str, str]:
    """Return what each test of a document tells, by its grade_id, when the reference runs."""
    with tempfile.TemporaryDirectory(prefix="tito-values-") as name:
        root = Path(name)
        own = {path.partition("/")[0].removesuffix(".py") for path in beside}
        settings = Settings(packages=packages([document], own) or ("numpy",), unmarked="empty")
        write_text(root / FILE, settings_text("For a moment.", settings, _KEYS))
        for path, content in beside.items():
            write_bytes(root / "modules" / "m" / path, content)
        write_text(root / "modules" / "m" / "m.ipynb", write(document, Format.NOTEBOOK))
        course = open_course(root)
        module = course.modules[0]
        source = parse_source(course, module)
        generated = generated_of(course, module, source)
        grader = replace(blank(course, module, source, generated), blocks=generated.blocks, names=generated.names)
        folder = root / "grader"
        write_text(folder / test_file(module), generated.text)
        with start_pool(course, 1) as pool:
            plan = replace(make_plan(course, folder, grader, None), recording=True)
            run = run_of(pool, plan, work_of(source))
        told = {each.grade_id: answer(each.failure.message) for each in run.outcomes if each.failure}
        return {name: value for name, value in told.items() if value is not None}
