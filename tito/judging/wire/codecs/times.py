"""Codecs of dates, times and zones."""

import datetime as dt
import re
import zoneinfo
from typing import Any, Final

from tito.judging.wire.codecs.model import Codec, exact, require

_ZONE: Final = re.compile(r"[A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,3}")
_LONGEST: Final = 200


def zone(value: Any) -> dt.tzinfo | None:
    """Return a time zone that is one of the standard library's own, or None."""
    if value is not None and type(value) not in {dt.timezone, zoneinfo.ZoneInfo}:
        raise TypeError("no time zone")
    return value  # type: ignore[no-any-return]


def _time(parts: Any) -> dt.time:
    hour, minute, second, micro, tz, fold = parts
    return dt.time(hour, minute, second, micro, zone(tz), fold=fold)


def _datetime(parts: Any) -> dt.datetime:
    year, month, day, time = parts
    return dt.datetime.combine(dt.date(year, month, day), exact(time, dt.time))


def _timezone(parts: Any) -> dt.timezone:
    offset, name = parts
    if name is None:
        return dt.UTC if not offset else dt.timezone(exact(offset, dt.timedelta))
    require(fits=len(exact(name, str)) <= _LONGEST)
    return dt.timezone(exact(offset, dt.timedelta), name)


def _named_zone(key: Any) -> zoneinfo.ZoneInfo:
    require(fits=_ZONE.fullmatch(exact(key, str)) is not None, what="no zone's name")
    return zoneinfo.ZoneInfo(key)


CODECS: Final = (
    Codec("datetime.date", dt.date, lambda it: (it.year, it.month, it.day), lambda parts: dt.date(*parts)),
    Codec(
        "datetime.time",
        dt.time,
        lambda it: (it.hour, it.minute, it.second, it.microsecond, it.tzinfo, it.fold),
        _time,
    ),
    Codec("datetime.datetime", dt.datetime, lambda it: (it.year, it.month, it.day, it.timetz()), _datetime),
    Codec(
        "datetime.timedelta",
        dt.timedelta,
        lambda it: (it.days, it.seconds, it.microseconds),
        lambda parts: dt.timedelta(*(exact(each, int) for each in parts)),
    ),
    # A name of its own is what `repr` alone tells apart from the one that follows from the offset.
    Codec(
        "datetime.timezone",
        dt.timezone,
        lambda it: (it.utcoffset(None), it.tzname(None) if "'" in repr(it) else None),
        _timezone,
    ),
    Codec("zoneinfo.ZoneInfo", zoneinfo.ZoneInfo, lambda it: it.key, _named_zone),
)
