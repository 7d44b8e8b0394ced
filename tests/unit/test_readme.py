"""The README says what is so: its commands exist, its table of settings is whole, CI runs its two commands."""

import re
from dataclasses import fields
from pathlib import Path

import yaml

from tito.model.course import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_explained():
    for field in fields(Settings):
        assert f"`{field.name}`" in README


def test_ci_finds_both_commands():
    for mark in ("ci:main-job", "ci:tests"):
        assert re.search(rf"<!-- {mark} -->\n```sh\npython3 -m venv \.venv && .+\n```\n", README)
    assert "ci:main-job" in (ROOT / ".ci/run").read_text("utf-8")


def test_the_excerpt_of_the_class_table_is_the_expected_one():
    import json

    expected = json.loads((ROOT / "samples/expected.json").read_text("utf-8"))
    for student in ("ada", "erdos", "turing", "wiles"):
        row = next(line for line in README.splitlines() if line.startswith(f" {student} "))
        shown = [int(points) for points in re.findall(r"(\d+) [✓✗⏱]", row)]
        assert shown == [each["points"] for each in expected[student].values()]


def test_the_table_of_the_course_has_a_row_for_each_module():
    for rubric in sorted((ROOT / "rubrics").glob("[0-9]*.yaml")):
        points = re.search(r"^points: (\d+)$", rubric.read_text("utf-8"), re.MULTILINE)[1]
        assert f"\n| {rubric.stem.replace('_', ' ')} | {points} | " in README


def test_the_table_of_proofs_has_each_module_with_its_equivalent_mutants_and_wrong_solutions():
    for path in sorted((ROOT / "rubrics").glob("[0-9]*.yaml")):
        rubric = yaml.safe_load(path.read_text("utf-8"))
        equivalent = len((rubric.get("mutants") or {}).get("equivalent", ()))
        wrong = [each for each in (ROOT / "tests/course/wrong" / path.stem).glob("*.py") if each.stem != "good"]
        row = rf"^\| {path.stem.replace('_', ' ')} \| \d+ \| \d+ \| {equivalent} \| 0 \| {len(wrong)} \|$"
        assert re.search(row, README, re.MULTILINE), path.stem


def test_the_workflow_that_was_never_run_says_so_and_names_what_is_there():
    text = (ROOT / ".github/workflows/portable.yml").read_text("utf-8")
    assert "never run here" in yaml.safe_load(text)["name"]
    assert "it was never run" in README
    named = re.findall(r"tests/[\w/.]+", text)
    assert named
    assert all((ROOT / each).exists() for each in named)
