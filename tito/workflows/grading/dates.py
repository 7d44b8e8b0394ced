"""Dates and times as other systems write them: a whole column of them is read in one way."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

_NOTHING: Final = frozenset({"", "-", "--", "\u2013", "\u2014", "n/a", "none", "null", "never", "nan"})
_EPOCH: Final = re.compile(r"\d{9,10}(\.\d+)?")
_MILLISECONDS: Final = re.compile(r"\d{12,13}")
# Canvas and others, Gradescope, Moodle in English.
_FORMS: Final = (
    "%Y-%m-%d %H:%M:%S %Z",
    "%Y-%m-%d %H:%M:%S %z",
    "%A, %d %B %Y, %I:%M %p",
    "%d %B %Y, %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%b %d, %Y %I:%M %p",
)
_NUMBERS: Final = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)(?:,? +(?P<time>\d.*))?"
)
_TIMES: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%H:%M %z", "%H:%M:%S %z")
_MONTHS: Final = 12


class Dates(StrEnum):
    """Which number of 3/4/2026 is the month."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


def is_nothing(text: str) -> bool:
    """Say whether a cell means that nothing was handed in."""
    return text.strip().casefold() in _NOTHING


def read_date(text: str, order: Dates | None = None) -> datetime | None:
    """Return the moment that a text names, without a zone where it has none; None where it names none.

    `order` is how dates such as 3/4/2026 are meant; without it, those name no moment. Seconds and milliseconds since
    1970 are UTC's.
    """
    text = " ".join(text.split())
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(float(text), UTC)
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    numbers = _NUMBERS.fullmatch(text)
    try:
        return _of_numbers(numbers, order) if numbers else datetime.fromisoformat(text)
    except ValueError:
        return None if numbers else _of_words(text)


def order_of(texts: Iterable[str]) -> tuple[Dates, ...]:
    """Return in which orders all the dates of a column can be read: both where none tells, none where they differ."""
    orders = set(Dates)
    for found in filter(None, map(_NUMBERS.fullmatch, (" ".join(text.split()) for text in texts))):
        if found["sign"] == "." or int(found["one"]) > _MONTHS:
            orders.discard(Dates.MONTH_FIRST)
        if int(found["two"]) > _MONTHS:
            orders.discard(Dates.DAY_FIRST)
    return tuple(sorted(orders))


def is_numbers(text: str) -> bool:
    """Say whether a text is a date whose month and day are told apart by their order alone."""
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    return found is not None and found["sign"] != "."


def _of_numbers(found: re.Match[str], order: Dates | None) -> datetime | None:
    if order is None and found["sign"] != ".":
        return None
    first, second = int(found["one"]), int(found["two"])
    month, day = (first, second) if order is Dates.MONTH_FIRST else (second, first)
    year = int(found["year"])
    whole = datetime(year if year > 99 else 2000 + year, month, day)  # noqa: DTZ001, PLR2004 - see `read_date`
    return _with_time(whole, found["time"]) if found["time"] else whole


def _with_time(day: datetime, text: str) -> datetime | None:
    for form in _TIMES:
        try:
            time = datetime.strptime(text.upper().replace(".", ""), form)  # noqa: DTZ007 - see `read_date`
        except ValueError:
            continue
        return datetime.combine(day, time.timetz())
    return None


def _of_words(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - see `read_date`
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if form.endswith("%Z") else moment
    return None
