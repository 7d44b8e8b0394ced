"""The `late` part of a rubric: due date with zone, grace, penalty, cap and floor; read and written."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tito.errors import Problem
from tito.model.rubric import Amount, Late, Per
from tito.scoring.yaml_places import Placed

_SPAN: Final = re.compile(r"(\d+)\s*([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST: Final = timedelta(days=3650)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_END_OF_DAY: Final = time(23, 59, 59)
_ZONE_FIX: Final = 'Write an offset, as in "2026-10-01T23:59:00+02:00", or add a zone, such as Europe/Berlin.'


def late_problems(placed: Placed) -> Iterator[Problem]:
    """Yield what is wrong with the times of a `late` that fits the schema."""
    late = placed.content["late"]
    for key, read in (("grace", _grace), ("due", _due)):
        try:
            read(late)
        except ValueError as fault:
            what, _, fix = str(fault).partition(": ")
            yield placed.problem(what, fix, ("late", key), value=True)


def read_late(content: Mapping[str, Any]) -> Late:
    """Return the policy that a `late` without problems is."""
    cap = content.get("cap")
    return Late(
        _due(content),
        _amount(content["penalty"]),
        Per(content.get("per", Per.DAY)),
        _grace(content),
        None if cap is None else _amount(cap),
        _amount(content.get("floor", Decimal(0))),
    )


def late_lines(late: Late) -> Iterator[str]:
    """Yield the YAML of a policy, two blanks before each key."""
    zone = late.due.tzinfo
    named = isinstance(zone, ZoneInfo)
    yield "late:"
    yield f"  due: {json.dumps((late.due.replace(tzinfo=None) if named else late.due).isoformat())}"
    if isinstance(zone, ZoneInfo):
        yield f"  zone: {json.dumps(str(zone))}"
    if late.grace:
        yield f'  grace: "{int(late.grace.total_seconds())}s"'
    yield f"  per: {late.per}"
    yield f"  penalty: {_written(late.penalty)}"
    if late.cap is not None:
        yield f"  cap: {_written(late.cap)}"
    yield f"  floor: {_written(late.floor)}"


def read_moment(text: str, zone: str = "") -> datetime:
    """Return the moment that a date, or a date and time, names; a date alone is the end of that day.

    Raises ValueError, "what is wrong: what to do", where it names none or no zone is known.
    """
    try:
        whole = text.strip()
        moment = datetime.fromisoformat(whole)
        if _DATE.fullmatch(whole):
            moment = datetime.combine(moment, _END_OF_DAY)
    except ValueError:
        raise ValueError(f'{text!r} is no date and time: Write it as "2026-10-01T23:59:00+02:00".') from None
    if moment.tzinfo and zone:
        raise ValueError(f"{text!r} has an offset, and there is a zone as well: Remove one of them.")
    if not moment.tzinfo and not zone:
        raise ValueError(f"{text!r} has no time zone: {_ZONE_FIX}")
    return moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))


def read_span(text: str) -> timedelta:
    """Return a length of time such as "15m", "12h" or "2d". Raises ValueError, as `read_moment` does."""
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text).strip():
        raise ValueError(f'{text!r} is no length of time: Write it as "15m", "12h" or "2d".')
    try:
        span = sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta(0))
    except OverflowError:
        span = _LONGEST * 2
    if span > _LONGEST:
        raise ValueError(f"{text!r} is longer than ten years: Shorten it.")
    return span


def _grace(content: Mapping[str, Any]) -> timedelta:
    return read_span(content["grace"]) if "grace" in content else timedelta(0)


def _due(content: Mapping[str, Any]) -> datetime:
    return read_moment(content["due"], content.get("zone", ""))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}: Write one such as Europe/Berlin or UTC.") from None


def _amount(value: Decimal | str) -> Amount:
    if isinstance(value, str):
        return Amount(Decimal(value.rstrip(" %")), percent=True)
    return Amount(value)


def _written(amount: Amount) -> str:
    text = f"{amount.value:f}"
    return f'"{text}%"' if amount.percent else text
