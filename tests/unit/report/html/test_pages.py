"""Feedback pages: what they say, whom they keep out, and that everybody can use them."""

import base64
import hashlib
import itertools
import re
import struct
import zlib
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from tito.model.cell_output import CellOutput
from tito.model.outcome import Status
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, page_name, student_page

CODE = (CodeCell("w.py", 1, "import os\n\ndef f():\n    return 2\n"), CodeCell("w.py", 7, "x = f()"))
MIXED = (Status.FAILED, Status.PASSED, Status.TIMEOUT)


class Page(HTMLParser):
    """A page as a browser reads it: tags in order, with attributes, and the text within each kind of tag."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self._open = [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.handle_data(" " if tag in {"td", "th", "dd", "p", "li", "h2"} else "")

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        for tag in set(self._open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def all(self, name, attribute):
        return [attrs[attribute] for tag, attrs in self.tags if tag == name and attribute in attrs]


def feedback(result, cells=CODE):
    shown = view(result)
    return student_page(shown, shown.rows[0], cells)


def overview(result):
    return class_page(view(result), result["data"]["statistics"])


@pytest.fixture
def pages(native, grade, badly):
    late = native(grade("ann", *MIXED), grade("bob"), grade("cy", *[Status.BLOCKED] * 3, refusal="torn"))
    for place, row in enumerate(late["data"]["grades"]):
        row |= {"submitted": f"2026-11-2{place}T10:00:00+00:00", "late_seconds": place * 60}
    return [feedback(late), feedback(native(badly)), overview(late), overview(native(badly))]


def test_a_page_is_whole_in_itself_and_runs_nothing(pages):
    for text in pages:
        page = Page(text)
        assert not {tag for tag, _ in page.tags} & {
            "script",
            "img",
            "iframe",
            "object",
            "link",
            "form",
            "base",
            "input",
        }
        assert not [
            name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in {"style", "src"}
        ]
        for address in page.all("a", "href"):
            assert re.fullmatch(r"#[a-z0-9-]+|students/[A-Za-z0-9._@-]+\.html", address)
        assert "url(" not in page.texts["style"]
        assert "@import" not in page.texts["style"]


def test_the_policy_allows_the_pages_own_style_alone(pages):
    for text in pages:
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        (policy,) = [attrs["content"] for tag, attrs in Page(text).tags if attrs.get("http-equiv")]
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_text_is_text(native, badly, hostile):
    cells = (CodeCell("w.py", 1, f"x = '''{hostile}'''"),)
    for text in (feedback(native(badly), cells), overview(native(badly))):
        assert not set(text) & set("\x1b\x07\x00\r\u202e\u2066\ud800\uffff")
        page = Page(text)
        assert "script" not in {tag for tag, _ in page.tags}
        assert "<script>alert(1)</script>" in page.texts["body"]


def test_landmarks_headings_names_and_targets_are_there(pages):
    for text in pages:
        page = Page(text)
        tags = [tag for tag, _ in page.tags]
        assert [tags.count(each) for each in ("main", "h1", "title")] == [1, 1, tags.count("title")]
        assert page.tags[0] == ("html", {"lang": "en"})
        levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3"}]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        wanted = [each[1:] for each in page.all("a", "href") if each[0] == "#"]
        wanted += [name for _, attrs in page.tags for name in attrs.get("aria-labelledby", "").split()]
        assert set(wanted) <= set(ids)
        assert tags.count("table") == tags.count("caption")
        assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
        for tag, attrs in page.tags:
            assert tag != "svg" or attrs.get("aria-hidden") or attrs.get("aria-label") or attrs.get("aria-labelledby")


def _tokens(css, start):
    block = css[css.index(start) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[: block.index("}")]))


def _contrast(one, other):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("start", [":root", "@media (prefers-color-scheme: dark)", "@media print"])
def test_every_text_has_the_contrast_that_wcag_asks_for(start):
    css = files("tito.report.html").joinpath("templates", "style.css").read_text("utf-8")
    tokens = _tokens(css, start)
    on = ("bg", "surface", "code")
    pairs = [(name, back) for name in ("ink", "soft", "accent") for back in on]
    pairs += [(name, f"{name}-bg") for name in ("good", "bad", "wait", "ours")] + [
        ("ink", "hit"),
        ("quiet", "surface"),
    ]
    pairs += [(name, back) for name in ("keyword", "string", "number", "quiet") for back in ("surface", "hit")]
    assert [pair for pair in pairs if _contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5] == []


def test_a_student_reads_score_criteria_reasons_and_hints(native, grade):
    page = Page(feedback(native(grade("ann", *MIXED, notes=("a note",)))))
    text = " ".join(page.texts["body"].split())
    parts = [
        "ann",
        "2.5 of 5 points",
        "✗ failed",
        "Title t-a",
        "0 / 2",
        "What is tested.",
        "expected 1, got 2",
        "What helps.",
    ]
    assert [part for part in parts if part not in text] == []
    assert "a note" in text
    assert "sandbox level limits" in text


def test_lines_of_code_are_marked_with_sign_word_and_link(native, grade):
    text = feedback(native(grade("ann", *MIXED)))
    page = Page(text)
    assert 'class="line hit" id="c1-3"' in text
    assert "▶" in page.texts["pre"]
    assert "Title t-a stopped here" in page.texts["pre"]
    assert "#c1-3" in page.all("a", "href")


def test_without_a_line_of_their_own_failures_mark_what_was_called(native, grade):
    result = native(grade("ann", *MIXED))
    for part in result["data"]["grades"][0]["criteria"]:
        for test in part["tests"]:
            if test["failure"]:
                test["failure"]["frames"] = []
    text = feedback(result)
    assert 'class="line hit" id="c1-3"' in text
    assert "Title t-a does not pass" in text
    assert "stopped here" not in text


def test_code_is_shown_line_for_line_with_its_own_numbers(native, grade):
    numbers = re.findall(r'id="c(\d)-(\d+)"', feedback(native(grade())))
    assert numbers == [("1", "1"), ("1", "2"), ("1", "3"), ("1", "4"), ("1", "5"), ("2", "7")]
    huge = feedback(native(grade()), (CodeCell("w.py", 1, "x = 1\n" * 50_000),))
    assert huge.count('class="line"') == 50_001
    assert "Your code" not in feedback(native(grade()), ())


def test_a_hidden_tests_text_is_on_no_page(native, grade):
    result = native(grade("ann", *[Status.FAILED] * 3, text="SECRET", hidden=True))
    for part in result["data"]["grades"][0]["criteria"]:
        part["tests"][0]["failure"]["frames"] = []
    assert "SECRET" not in feedback(result)
    assert "SECRET" not in overview(result)
    assert "a hidden test does not pass" in feedback(result)


def test_a_broken_grade_has_no_number(native, grade):
    result = native(grade("ann", Status.BROKEN, Status.PASSED, Status.PASSED))
    text = Page(feedback(result)).texts["body"]
    assert "Not graded" in text
    assert "of 5 points" not in text
    assert "\u2013 \u2013 broken" in " ".join(Page(overview(result)).texts["tbody"].split())


def test_what_people_added_is_shown_in_lines_of_its_own(native, grade):
    result = native(grade("ann", *MIXED))
    (row,) = result["data"]["grades"]
    row["adjustments"] = [{"kind": "late", "reason": "1 day late", "points": -0.5, "criterion": ""}]
    row |= {
        "final": 2,
        "complete": False,
        "graded": 3,
        "comments": [{"text": "Well\ndone", "author": "ms", "at": None}],
    }
    row["criteria"][0] |= {"status": "pending", "pending": True, "tests": [], "comment": "nice try"}
    row["criteria"][2]["override"] = {"earned": 1, "earned_before": 0, "author": "ms", "reason": "typo", "at": ""}
    text = " ".join(Page(feedback(result)).texts["body"].split())
    for part in ("2 of 5 points", "3 of 5 points are graded", "late 1 day late \u22120.5", "From your instructor Well done",
                 "a person has yet to grade this", "Comment nice try", "changed by ms from 0: typo"):  # fmt: skip
        assert part in text


def test_what_a_person_marked_has_a_level_and_has_not_failed(native, grade):
    result = native(grade("ann", *MIXED))
    mark = {"level": "fair", "points": 1, "author": "ms", "at": None}
    result["data"]["grades"][0]["criteria"][0] |= {"kind": "manual", "tests": [], "earned": 1, "mark": mark}
    text = " ".join(Page(feedback(result)).texts["body"].split())
    assert "● fair Title t-a 1 / 2" in text
    assert "a person's mark: fair" in text
    assert "no test of this criterion has run" not in text


def test_a_class_page_has_charts_hardest_criteria_and_who_needs_a_look(native, grade):
    result = native(grade("ann", *MIXED), grade("bob"), grade("cy", *[Status.FAILED] * 3))
    text = overview(result)
    page = Page(text)
    body = " ".join(page.texts["body"].split())
    assert "Students by percent of the points: 1 at 0\u20139 %, 1 at 50\u201359 %, 1 at 90\u2013100 %." in body
    assert "Hardest Title t-a 2 of 3 did not pass" in body
    assert "Who needs a look cy: 0.0 %, 3 of 3 not passed ann: 50.0 %" in body
    assert set(page.all("a", "href")) >= {"students/ann.html", "students/bob.html", "students/cy.html"}
    assert "Handed in" not in body


def test_the_time_line_tells_late_from_in_time_by_shape(native, grade):
    result = native(*[grade(name) for name in ("ann", "bob", "cy")])
    for place, row in enumerate(result["data"]["grades"]):
        row |= {"submitted": f"2026-11-2{place}T10:00:00+00:00", "late_seconds": 60 if place == 2 else 0}
    text = overview(result)
    assert (text.count("<circle class"), text.count('<path class="dot late"')) == (2, 1)
    assert "2 in time (circles), 1 late (triangles)" in text


def test_everybody_perfect_needs_nobodys_look(native, grade):
    text = overview(native(grade("ann"), grade("bob")))
    assert "Everybody earned every point." in text
    assert "Nobody is below 60 %." in text


def test_page_names_are_safe_and_each_students_own():
    names = ["ann", "Ann", "ANN", "../../etc/passwd", "a b", "a/b", "", "..", "é" * 300, "ann@school.edu", "con"]
    pages = [page_name(each) for each in names]
    assert page_name("ann") == "ann.html"
    assert page_name("s001", "José María / Lée") == "s001-Jose_Maria_Lee.html"
    assert page_name("Zoë", "Zoë") == f"Zoe-{hashlib.sha256('Zoë'.encode()).hexdigest()[:8]}.html"
    assert all(re.fullmatch(r"[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,80}\.html", each) for each in pages)
    assert len({each.casefold() for each in pages}) == len(names)


def pictured(content):
    cell = CellOutput("w.py", 1, "\x1b[2J<i>", "<b>", "E: <u>", (content,))
    return (CodeCell("w.py", 1, "x = 1", cell, CellOutput("w.py", 1, value="42")),)


def test_a_page_with_pictures_allows_their_own_bytes_alone(native, grade):
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(2))),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    page = Page(feedback(native(grade()), pictured(png)))
    (policy,) = [attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv")]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert page.all("img", "src") == [f"data:image/png;base64,{base64.b64encode(png).decode()}"]


def test_what_cells_showed_is_text_and_what_is_no_picture_is_counted(native, grade):
    text = feedback(native(grade()), pictured(b"<svg onload=x>"))
    page = Page(text)
    assert not {"i", "b", "u", "img"} & {tag for tag, _ in page.tags}
    assert "\\x1b[2J<i>" in page.texts["pre"]
    assert "1 more picture left out" in page.texts["p"]
    assert "what the file says that it showed: its author's word" in page.texts["p"]
    assert "img-src" not in text
    assert "onload" not in text


def test_what_waits_for_a_person_or_is_extra_is_not_hard(native, grade):
    result = native(grade("ann", *MIXED), grade("bob"))
    for row in result["data"]["grades"]:
        row["criteria"][0] |= {"kind": "manual", "tests": [], "pending": True, "status": "pending"}
    result["data"]["statistics"]["criteria"][0] |= {"passed": 0, "share": 1.0}
    text = " ".join(Page(overview(result)).texts["body"].split())
    assert "Title t-a 0 of 0" in text
    result["data"]["statistics"]["criteria"][0] |= {"share": 0.5}
    result["data"]["grades"][0]["criteria"][0]["extra"] = True
    assert "Title t-a" not in " ".join(Page(overview(result)).texts["li"].split())
