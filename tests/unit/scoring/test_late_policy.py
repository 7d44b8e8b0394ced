"""A rubric's lateness, levels, extra and dropped criteria: read, refused at their places, written."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tito.errors import CourseError
from tito.model.rubric import Amount, Credit, CriterionKind, Late, Level, Per
from tito.scoring import dump, load
from tito.scoring.late_policy import read_late, read_moment, read_span

GOOD = """module: "m"
title: Module
points: 12
late:
  due: "2026-10-01"
  zone: Europe/Berlin
  grace: 15m
  per: hour
  penalty: 0.5
  cap: 50%
  floor: "20 %"
criteria:
  - id: a
    points: 10
    title: A
    credit: value
  - id: b
    points: 2
    title: B
    kind: manual
    dropped: Everybody misread it.
    levels:
      - {name: good, points: 2, description: All of it.}
      - {name: none, points: 0}
  - id: c
    points: 5
    title: C
    extra: true
"""
BERLIN = ZoneInfo("Europe/Berlin")


def faults(text):
    with pytest.raises(CourseError) as caught:
        load(text, "r.yaml")
    return [str(each) for each in caught.value.problems]


def test_a_policy_without_a_floor_or_cap_takes_all():
    late = load(GOOD.replace("  cap: 50%\n", "").replace('  floor: "20 %"\n', ""), "r.yaml").rubric.late
    assert (late.floor, late.cap) == (Amount(Decimal(0)), None)


def test_lateness_is_read():
    due = datetime(2026, 10, 1, 23, 59, 59, tzinfo=BERLIN)
    half, fifth = (Amount(Decimal(value), percent=True) for value in (50, 20))
    expected = Late(due, Amount(Decimal("0.5")), Per.HOUR, timedelta(minutes=15), half, fifth)
    assert load(GOOD, "r.yaml").rubric.late == expected


def test_levels_extra_dropped_and_value_are_read_and_extra_is_not_in_the_total():
    value, manual, extra = load(GOOD, "r.yaml").rubric.criteria
    assert value.credit is Credit.VALUE
    assert (manual.kind, manual.dropped) == (CriterionKind.MANUAL, "Everybody misread it.")
    assert manual.levels == (Level("good", Decimal(2), "All of it."), Level("none", Decimal(0)))
    assert (extra.extra, extra.manual) == (True, False)


def test_what_is_written_reads_back():
    rubric = load(GOOD, "r.yaml").rubric
    assert load(dump(rubric), "again.yaml").rubric == rubric


FAULTS = {
    "no zone": (("  zone: Europe/Berlin\n", ""), "r.yaml:5:8: '2026-10-01' has no time zone. Write an offset"),
    "two zones": (('"2026-10-01"', '"2026-10-01T10:00+02:00"'), "r.yaml:5:8: '2026-10-01T10:00+02:00' has an offset"),
    "unknown zone": (("Europe/Berlin", "Berlin/Europe"), "r.yaml:5:8: there is no time zone 'Berlin/Europe'. Write"),
    "zone outside": (("Europe/Berlin", "../../etc/passwd"), "r.yaml:5:8: there is no time zone '../../etc/passwd'."),
    "no date": (('"2026-10-01"', "soon"), "r.yaml:5:8: 'soon' is no date and time. Write it as"),
    "date without quotes": (('"2026-10-01"', "2026-10-01"), "r.yaml:5:8: due is 2026-10-01, not a text. Put it in quotes."),
    "no length of time": (("15m", "15 parsecs"), "r.yaml:7:10: '15 parsecs' is no length of time. Write it as"),
    "very long": (("15m", "99999999999d"), "r.yaml:7:10: '99999999999d' is longer than ten years."),
    "no amount": (("penalty: 0.5", "penalty: half"), "r.yaml:9:12: penalty is 'half', which does not fit. What each"),
    "no amount at all": (("penalty: 0.5", "penalty: [1]"), "r.yaml:9:12: penalty is [Decimal('1')], not a number or a text."),
    "negative": (("cap: 50%", "cap: -5"), "r.yaml:10:8: cap is -5. Use a positive number."),
    "closed set": (("per: hour", "per: week"), "r.yaml:8:8: per is 'week'. Use day, 24h or hour."),
    "level too high": (("name: good, points: 2", "name: good, points: 3"), "r.yaml:23:30: level good is worth 3 of 2 points. Lower it."),
    "level twice": (("name: none", "name: good"), "r.yaml:23:16: level good is there twice. Rename one."),
    "level unknown key": (("description:", "text:"), "r.yaml:23:33: unknown key 'text'. The keys are name, points"),
    "levels for tests": (("    kind: manual\n", ""), "r.yaml:21:5: levels are for a person. Add `kind: manual`"),
    "credit by hand": (("kind: manual", "kind: manual\n    credit: all"), "r.yaml:21:5: credit is for tests, and this"),
    "no levels": (("    extra: true", "    kind: manual\n    levels: []"), "r.yaml:29:13: levels is []"),
    "extra is no text": (("extra: true", "extra: maybe"), "r.yaml:28:12: extra is maybe, not true or false. Write true or false."),
    "extra in the sum": (("points: 12", "points: 17"), "r.yaml:3:9: points are 17, but the criteria's sum without the extra ones is 12."),
    "fine points": (("points: 5", "points: 5.0001"), "r.yaml:26:13: 5.0001 points have more than three decimals. Round them."),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_place(change, told):
    assert change[0] in GOOD
    assert any(each.startswith(told) for each in faults(GOOD.replace(*change))), faults(GOOD.replace(*change))


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-10-01", "UTC", datetime(2026, 10, 1, 23, 59, 59, tzinfo=UTC)),
        ("2026-10-01 12:30", "UTC", datetime(2026, 10, 1, 12, 30, tzinfo=UTC)),
        ("2026-10-01T12:30:00Z", "", datetime(2026, 10, 1, 12, 30, tzinfo=UTC)),
        ("2026-10-01T12:30+02:00", "", datetime(2026, 10, 1, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read(text, zone, moment):
    assert read_moment(text, zone) == moment


@pytest.mark.parametrize(("text", "hours"), [("2d", 48), ("1d 12h", 36), ("90m", 1.5), ("30s", 30 / 3600)])
def test_a_length_of_time_is_read(text, hours):
    assert read_span(text) == timedelta(hours=hours)


def test_without_a_grace_there_is_none():
    content = {"due": "2026-10-01T12:00:00+00:00", "penalty": Decimal(2)}
    assert read_late(content).grace == timedelta(0)


def test_a_length_of_time_is_ten_years_at_most():
    assert read_span("3650d") == timedelta(days=3650)
    with pytest.raises(ValueError, match="longer than ten years"):
        read_span("3651d")
