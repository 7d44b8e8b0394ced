"""A rubric's hint may be a list: the first is given away, the others are asked for."""

import pytest

from tito.errors import CourseError
from tito.scoring.rubric_file import dump, load

TEXT = """module: "01"
title: T
points: 1
criteria:
  - id: a
    points: 1
    title: A
    hint: {}
"""


@pytest.mark.parametrize(
    ("written", "hints"),
    [('"one"', ("one",)), ('["one"]', ("one",)), ('["one", "two"]', ("one", "two")), ('""', ())],
)
def test_hints_are_a_text_or_a_list(written, hints):
    rubric = load(TEXT.format(written), "r.yaml").rubric
    assert rubric.criteria[0].hints == hints
    assert load(dump(rubric), "r.yaml").rubric == rubric


@pytest.mark.parametrize("written", ["[]", "[1]", '[""]', "{a: b}", "3"])
def test_what_is_no_hint_is_named_with_its_line(written):
    with pytest.raises(CourseError, match=r"r\.yaml:8:"):
        load(TEXT.format(written), "r.yaml")
