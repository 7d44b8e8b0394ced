"""GitHub: annotations as its runner decodes them, job summaries as Markdown is read, the Classroom reporter's sums."""

import base64
import json
import re

import pytest
from markdown_it import MarkdownIt

from tito.model.outcome import Status
from tito.report.formats import Options, render, summary
from tito.report.formats.markup import block, code, escaped
from tito.report.marks import Line

COMMAND = re.compile(r"^::([a-z]+)(?: ([^:\r\n]*))?::([^\r\n]*)$")


def commands(text):
    """Decode workflow commands as the runner does."""
    for line in text.splitlines():
        level, properties, message = COMMAND.match(line).groups()
        pairs = dict(each.split("=", 1) for each in (properties or "").split(",") if each)
        yield level, {key: _decoded(value) for key, value in pairs.items()}, _decoded(message)


def _decoded(text):
    for sign, value in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(sign, value)
    return text


def test_annotations_mark_the_students_line_in_the_checkout(native, grade):
    statuses = (Status.FAILED, Status.PASSED, Status.TIMEOUT)
    result = native(grade("ann", *statuses, path="/home/runner/work/r/src/w.py"))
    found = list(
        commands(render("annotations", result, Options(environment={"GITHUB_WORKSPACE": "/home/runner/work/r"})))
    )
    level, properties, message = found[0]
    assert level == "error"
    assert properties == {"title": "Title t-a: failed (0/2)", "file": "src/w.py", "line": "3"}
    assert "why: expected 1, got 2" in message
    assert found[2] == ("notice", {"title": "Autograding complete"}, "Points 2.5/5")
    assert json.loads(found[3][2]) == {"totalPoints": 2.5, "maxPoints": 5}


def test_the_costliest_criteria_are_annotated_first_and_ten_at_most(native, grade):
    result = native(grade("ann", *[Status.FAILED] * 3))
    result["data"]["grades"][0]["criteria"] *= 4
    found = list(commands(render("annotations", result)))
    assert [each[1]["title"][:9] for each in found[:5]] == ["Title t-b"] * 4 + ["Title t-a"]
    assert [each[0] for each in found].count("error") == 10
    assert found[10][2] == "2 more criteria did not pass: see the job summary"


def test_hostile_text_stays_within_its_own_command(native, badly):
    text = render("annotations", native(badly))
    found = list(commands(text))
    assert [level for level, *_ in found] == ["error", "error", "notice", "notice"]
    assert set().union(*(properties for _, properties, _ in found)) <= {"title", "file", "line"}
    assert "%0A::error" not in text


def test_a_refused_and_a_broken_grade_are_one_annotation_each(native, grade):
    refused = native(grade("ann", *[Status.BLOCKED] * 3, refusal="w.py:3: torn."))
    assert [each[0] for each in commands(render("annotations", refused))] == ["error", "notice", "notice"]
    broken = native(grade("ann", Status.BROKEN, Status.PASSED, Status.PASSED))
    ((level, properties, _),) = commands(render("annotations", broken))
    assert (level, properties) == ("warning", {"title": "Not graded"})


def tags(text):
    """Return every piece of HTML, link and image that a reader of Markdown would make of a text."""
    kinds = {"html_block", "html_inline", "link_open", "image"}
    tokens = [each for token in MarkdownIt("gfm-like").parse(text) for each in (token, *(token.children or []))]
    return [each.attrGet("href") or each.attrGet("src") or each.content for each in tokens if each.type in kinds]


@pytest.mark.parametrize("name", ["markdown", "summary"])
def test_hostile_text_makes_no_html_no_link_and_no_image_in_markdown(name, native, badly, grade):
    for result in (native(badly), native(badly, grade("bob"))):
        pieces = tags(render(name, result))
        inner = [
            piece for piece in pieces if re.sub(r"</?details>|<summary>.*</summary>|<!-- -->", "", piece).strip()
        ]
        assert inner == []
        assert not any("<script" in piece or "<img" in piece for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        "@octocat",
        "#12",
        "a|b",
        "**b**",
        "[x](y)",
        "<b>",
        "http://e.vil",
        "www.e.vil",
        "&lt;",
        "![i](y)",
        "_a_",
        "~~a~~",
    ],
)
def test_escaped_text_is_read_as_it_was_written(text):
    (_, inline, _) = MarkdownIt("gfm-like").parse(escaped(text))
    assert "".join(each.content for each in inline.children if each.type in {"text", "text_special"}) == text
    assert {each.type for each in inline.children} <= {"text", "text_special", "html_inline"}


@pytest.mark.parametrize("text", ["a", "`", "``a", "a`b``c", "```\nx\n````", "a\n\nb"])
def test_code_cannot_be_ended_from_within(text):
    (fence,) = MarkdownIt().parse(block(text))
    assert fence.content == f"{text}\n"
    (_, inline, _) = MarkdownIt().parse(code(text))
    assert [each.content for each in inline.children] == [" ".join(text.split())]


def test_markdown_tells_a_student_what_each_criterion_says(native, grade):
    text = render("markdown", native(grade("ann", Status.FAILED, Status.PASSED, Status.PASSED, notes=("a note",))))
    parts = [
        "**3 of 5 points (60.0 %)**",
        "| ✗ failed | Title t-a | 0/2 |",
        "`note: a note`",
        "What is tested.",
        "why: expected 1",
    ]
    assert [part for part in parts if part not in text] == []
    assert sorted(parts, key=text.index) == parts
    assert "**Hint:** What helps." in text


@pytest.mark.parametrize(
    ("most", "kept"), [(60_000, "detail"), (16_000, "why: "), (2_000, "Title t-c"), (300, "more than")]
)
def test_a_summary_is_shortened_to_what_github_shows(most, kept, native, grade, monkeypatch):
    monkeypatch.setattr(summary, "_MOST", most)
    text = render("summary", native(grade("ann", *[Status.FAILED] * 3, text="é " * 300 + "\n", notes=("n",) * 20)))
    assert len(text.encode()) <= most
    assert kept in text


def reporter(lines):
    """Do what GitHub Classroom's reporter does with a step's outputs: its notice, its table and its verdict."""
    outputs = dict(line.split("=", 1) for line in lines.splitlines())
    results = []
    for runner in outputs["runners"].split(","):
        variable = f"{runner.strip().upper()}_RESULTS"
        value = {f"{name.upper()}_RESULTS": text for name, text in outputs.items()}[variable]
        assert len(value) < 131_071
        results.append(json.loads(base64.b64decode(value)))
    points = sum(sum(test["score"] for test in each["tests"]) for each in results if each["max_score"])
    passes = [sum(test["status"] == "pass" for test in each["tests"]) / len(each["tests"]) for each in results]
    table = sum(share * each["max_score"] for share, each in zip(passes, results, strict=True))
    return points, table, any(each["status"] in {"fail", "error"} for each in results), results


def test_the_classroom_reporters_two_sums_agree(native, grade):
    statuses = (Status.FAILED, Status.PASSED, Status.TIMEOUT)
    points, table, fails, results = reporter(render("github-classroom", native(grade("ann", *statuses))))
    assert points == table == 2.5
    assert fails
    assert [each["tests"][0]["status"] for each in results] == ["fail", "pass", "error"]
    assert results[0]["tests"][0]["line_no"] == 3
    assert results[1]["tests"][0]["line_no"] == 0


def test_the_classroom_reporter_takes_hostile_and_long_text(native, badly, grade):
    assert reporter(render("github-classroom", native(badly)))[0] == 0.5
    assert reporter(render("github-classroom", native(grade("ann", *[Status.FAILED] * 3, text="é" * 20_000))))[0] == 0


def test_a_failure_without_a_line_marks_what_the_test_called(native, grade):
    result = native(grade("ann", Status.FAILED, Status.PASSED, Status.PASSED))
    result["data"]["grades"][0]["criteria"][0]["tests"][0]["failure"]["frames"] = []
    code = {
        "in/ann/w.py": [Line("w.py", 4, "x = 1"), Line("w.py", 5, "    def f(self):"), Line("w.py", 6, "def fg():")]
    }
    (_, properties, _), *_ = commands(render("annotations", result, Options(code=code)))
    assert properties["line"] == "5"
    (_, properties, _), *_ = commands(render("annotations", result))
    assert "line" not in properties
