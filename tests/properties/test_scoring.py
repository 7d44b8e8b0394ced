"""Scores of any run: within bounds, with the rubric's denominator, and rubrics that read back."""

import json
from decimal import Decimal
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Credit, Criterion, Nested, Rubric
from tito.scoring import dump, load, score
from tito.scoring.rubric_file import _is_plainly_right

NAMES = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True), min_size=1, max_size=5, unique=True)
POINTS = st.decimals(min_value=0, max_value=100, places=2)
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@st.composite
def rubrics(draw):
    criteria = tuple(
        Criterion(
            name,
            draw(POINTS),
            draw(TEXT.filter(bool)),
            draw(TEXT),
            draw(TEXT),
            draw(st.sampled_from(Credit)),
            draw(st.sampled_from(Nested)),
        )
        for name in draw(NAMES)
    )
    return Rubric("m", "M", sum((each.points for each in criteria), Decimal(0)), criteria)


@st.composite
def outcomes(draw, rubric):
    name = draw(st.sampled_from([each.id for each in rubric.criteria]) | st.just("unknown"))
    status, checks = draw(st.sampled_from(Status)), draw(st.integers(1, 5))
    passes = checks if status is Status.PASSED else draw(st.integers(0, checks - 1))
    return Outcome(name, "t", status, passes=passes, checks=checks)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_score_lies_between_nothing_and_the_rubrics_points(data):
    rubric = data.draw(rubrics())
    run = Run(tuple(data.draw(st.lists(outcomes(rubric), max_size=8))))
    grade = score(rubric, run, student="s", module="m", path="p")
    assert 0 <= grade.earned <= grade.possible == rubric.points
    assert [each.criterion for each in grade.criteria] == list(rubric.criteria)
    for each in grade.criteria:
        if each.criterion.credit is Credit.ALL and each.status is not Status.PASSED:
            assert each.earned == 0


@settings(deadline=None, max_examples=100)
@given(rubrics())
def test_a_rubric_reads_back_from_what_it_is_written_as(rubric):
    if rubric.points:
        assert load(dump(rubric), "r.yaml").rubric == rubric


SCHEMA = json.loads(files("tito.scoring").joinpath("rubric.schema.json").read_text("utf-8"))
VALUES = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["a", "", "all", "skip", "half", "a b"])
CRITERION = st.dictionaries(
    st.sampled_from(["id", "points", "title", "tests", "hint", "credit", "nested", "other"]), VALUES, min_size=2
)
CONTENT = st.fixed_dictionaries(
    {"module": VALUES, "title": VALUES, "points": VALUES},
    optional={"criteria": st.lists(CRITERION, max_size=2) | VALUES, "other": VALUES},
)


def exact(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, list):
        return [exact(each) for each in value]
    return {key: exact(each) for key, each in value.items()} if isinstance(value, dict) else value


@settings(deadline=None, max_examples=500)
@given(CONTENT)
def test_what_is_taken_without_the_schema_fits_the_schema(content):
    if _is_plainly_right(exact(content)):
        Draft7Validator(SCHEMA).validate(content)
