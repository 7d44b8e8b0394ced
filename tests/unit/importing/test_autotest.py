"""AUTOTEST lines: what is asked of the reference, and what its answers become."""

import pytest

from tito.importing.autotest import answer, checks, has_autotests, kinds, probe, snippets, templates, with_tests
from tito.importing.config import Config
from tito.source import parse

CONTENT = {
    "python3": {
        "setup": "import hashlib",
        "hash": 'hashlib.sha1({{snippet}}.encode()+b"{{salt}}").hexdigest()',
        "dispatch": "type({{snippet}})",
        "normalize": "str({{snippet}})",
        "check": 'assert {{snippet}} == "{{value}}", "{{message}}"',
        "templates": {
            "default": [{"test": "{{snippet}}", "fail": "value of {{snippet}}"}],
            "float": [{"test": "round({{snippet}}, 2)", "fail": "{{snippet}}, rounded"}],
        },
    }
}
SOURCE = """# %% nbgrader={"solution": true, "grade_id": "f"}
def f(x): return x

# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}
y = 2
### AUTOTEST f(1.5); f("a")
# HASHED AUTOTEST f(y)
"""
MADE = templates(CONTENT, Config())
DOCUMENT = parse(SOURCE, "a.py")


def told(types):
    return {probe(each): kind for each, kind in zip(snippets(DOCUMENT, MADE), types, strict=True)}


def test_each_snippet_is_asked_for_its_type_behind_the_lines_before_it():
    asked = kinds(DOCUMENT, MADE).cells[1:]
    assert has_autotests(DOCUMENT, Config())
    assert [cell.source.split("\n")[0] for cell in asked] == ["y = 2"] * 3
    assert len({cell.grade_id for cell in asked}) == 3
    with pytest.raises(AssertionError) as raised:
        exec(asked[0].source, {"f": lambda x: x})  # noqa: S102 - it is the text that is tested
    assert answer(str(raised.value)) == "float"


def test_answers_become_assertions_by_the_template_of_their_type():
    types = told(["float", "str", "int"])
    answers = {
        probe(each): value for each, value in zip(snippets(DOCUMENT, MADE), ["1.5", "a\\n", "0f"], strict=True)
    }
    lines = with_tests(DOCUMENT, MADE, types, answers).cells[1].source.split("\n")
    assert lines[:4] == [
        "y = 2",
        "import hashlib",
        'assert str(round(f(1.5), 2)) == "1.5", "f(1.5), rounded"',
        'assert str(f("a")) == "a\\\\n", "value of f(\\"a\\")"',
    ]
    assert lines[4].startswith("assert hashlib.sha1(str(f(y)).encode()+b")
    assert lines[4].endswith('== "0f", "value of f(y)"')


def test_a_hash_has_its_own_salt():
    hashed = snippets(DOCUMENT, MADE)[2]
    ((code, _),) = checks(hashed, MADE, told(["float", "str", "int"]))
    assert f'b"{hashed.salt}"' in code


@pytest.mark.parametrize(("content", "what"), [({}, "no templates for python3"), ({"python3": {}}, "no dispatch")])
def test_templates_that_lack_something_are_told(content, what):
    with pytest.raises(ValueError, match=what):
        kinds(DOCUMENT, templates(content, Config()))


def test_a_template_puts_values_in_and_does_nothing_else():
    evil = {"python3": CONTENT["python3"] | {"dispatch": "{{ ''.__class__.__mro__ }}"}}
    with pytest.raises(ValueError, match="a template is wrong"):
        kinds(DOCUMENT, templates(evil, Config()))
