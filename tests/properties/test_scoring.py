"""Scores of any run: within bounds, with the rubric's denominator, and rubrics that read back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tito.model.grade import Mark, Override, Review
from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Amount, Credit, Criterion, CriterionKind, Late, Level, Nested, Per, Rubric
from tito.scoring import dump, load, score, settle
from tito.scoring.rubric_plain import is_plainly_right

NAMES = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True), min_size=1, max_size=5, unique=True)
POINTS = st.decimals(min_value=0, max_value=100, places=2)
AMOUNTS = st.builds(Amount, st.decimals(min_value=0, max_value=120, places=1), st.booleans())
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1))  # noqa: DTZ001 - the zone comes below
ZONED = st.builds(
    lambda moment, zone: moment.replace(tzinfo=zone), MOMENTS, st.sampled_from([UTC, ZoneInfo("Europe/Berlin")])
)
LATE = st.builds(
    Late, ZONED, AMOUNTS, st.sampled_from(Per), st.timedeltas(timedelta(0), timedelta(days=2)).map(lambda each: each - each % timedelta(seconds=1)),
    st.none() | AMOUNTS, AMOUNTS,
)  # fmt: skip
LEVELS = st.lists(
    st.builds(Level, st.sampled_from(["good", "fair", "poor"]), st.decimals(0, 100, places=2)),
    unique_by=lambda each: each.name,
)
MANUAL = st.just({}) | st.fixed_dictionaries({"kind": st.just(CriterionKind.MANUAL), "levels": LEVELS.map(tuple)})
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
            extra=draw(st.booleans()),
            dropped=draw(st.just("") | TEXT),
            **draw(MANUAL),
        )
        for name in draw(NAMES)
    )
    criteria = tuple(_sound(each) for each in criteria)
    points = sum((each.points for each in criteria if not each.extra), Decimal(0))
    return Rubric("m", "M", points, criteria, draw(st.none() | LATE))


def _sound(criterion):
    """Give a manual criterion no tests' settings, and no level above its points."""
    if not criterion.manual:
        return criterion
    levels = tuple(replace(each, points=min(each.points, criterion.points)) for each in criterion.levels)
    return replace(criterion, levels=levels, credit=Credit.ALL, nested=Nested.RUN)


@st.composite
def outcomes(draw, rubric):
    name = draw(st.sampled_from([each.id for each in rubric.criteria]) | st.just("unknown"))
    status, checks = draw(st.sampled_from(Status)), draw(st.integers(1, 5))
    passes = checks if status is Status.PASSED else draw(st.integers(0, checks - 1))
    value = draw(
        st.sampled_from(["", "True", "False", "nan", "-inf", "a list", "1e400"])
        | st.decimals(-9, 200, places=3).map(str)
    )
    return Outcome(name, "t", status, passes=passes, checks=checks, value=value)


@st.composite
def reviews(draw, rubric):
    names = [each.id for each in rubric.criteria]
    marks = st.builds(Mark, st.decimals(-5, 200, places=2), st.sampled_from(["", "good", "gone"]))
    overrides = st.builds(Override, st.decimals(-5, 200, places=2), st.just("ada"), st.just("why"), ZONED)
    by_name = [draw(st.dictionaries(st.sampled_from(names), each)) for each in (marks, overrides, TEXT)]
    return Review(*by_name, due=draw(st.none() | ZONED))


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
@given(st.data())
def test_whatever_people_and_the_calendar_do_every_total_keeps_its_bounds(data):
    rubric = data.draw(rubrics())
    run = Run(tuple(data.draw(st.lists(outcomes(rubric), max_size=8))))
    review = data.draw(reviews(rubric))
    scored = score(rubric, run, student="s", module="m", path="p")
    grade = settle(rubric, replace(scored, submitted=data.draw(st.none() | ZONED)), review)
    extra = sum((each.points for each in rubric.criteria if each.extra), Decimal(0))
    assert all(0 <= each.earned <= each.criterion.points for each in grade.criteria)
    assert 0 <= grade.earned <= grade.possible == rubric.points
    assert 0 <= grade.graded <= grade.possible
    assert 0 <= grade.final <= grade.possible + extra
    assert grade.final == grade.earned + sum(each.points for each in grade.adjustments)
    assert settle(rubric, grade, review) == grade


@settings(deadline=None, max_examples=100)
@given(st.data(), LATE, ZONED)
def test_being_late_never_takes_a_grade_below_the_floor_nor_more_than_the_cap(data, late, submitted):
    rubric = replace(data.draw(rubrics()), late=late)
    run = Run(tuple(data.draw(st.lists(outcomes(rubric), max_size=8))))
    scored = score(rubric, run, student="s", module="m", path="p")
    grade = settle(rubric, replace(scored, submitted=submitted))
    assert scored.final >= grade.final >= min(scored.final, late.floor.of(rubric.points))
    lost = scored.final - grade.final
    assert (
        lost <= (late.cap or Amount(Decimal(100), percent=True)).of(rubric.points) + Decimal("0.01")
        or late.cap is None
    )
    if submitted <= late.due + late.grace:
        assert not lost


@settings(deadline=None, max_examples=200)
@given(LATE, ZONED, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_later_is_never_cheaper(late, submitted, longer):
    rubric = Rubric("m", "M", Decimal(10), (Criterion("a", Decimal(10), "A"),), late)
    scored = score(rubric, Run((Outcome("a", "t", Status.PASSED, passes=1),)), student="s", module="m", path="p")
    early, later = (settle(rubric, replace(scored, submitted=at)).final for at in (submitted, submitted + longer))
    assert later <= early


@settings(deadline=None, max_examples=100)
@given(rubrics())
def test_a_rubric_reads_back_from_what_it_is_written_as(rubric):
    if rubric.points:
        assert load(dump(rubric), "r.yaml").rubric == rubric


SCHEMA = json.loads(files("tito.scoring").joinpath("rubric.schema.json").read_text("utf-8"))
WORDS = ["a", "", "all", "skip", "half", "a b", "manual", "value"]
VALUES = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(WORDS)
LEVEL = st.dictionaries(st.sampled_from(["name", "points", "description", "other"]), VALUES)
KEYS = ["id", "points", "title", "tests", "hint", "credit", "nested", "other", "kind", "extra", "dropped", "levels"]
CRITERION = st.dictionaries(st.sampled_from(KEYS), VALUES | st.lists(LEVEL | VALUES, max_size=2), min_size=2)
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
    if is_plainly_right(exact(content)):
        Draft7Validator(SCHEMA).validate(content)
