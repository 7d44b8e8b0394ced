"""What being late costs: days or hours begun after due date and grace, each of them whole."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from tito.model.grade import Adjustment, AdjustmentKind, Budget
from tito.model.points import rounded
from tito.model.rubric import Amount, Late, Per

_DAY: Final = timedelta(days=1)
_UNIT: Final = {Per.DAY_OF_24_HOURS: _DAY, Per.HOUR: timedelta(hours=1)}
_ONE: Final = {Per.DAY: "day", Per.DAY_OF_24_HOURS: "period of 24 h", Per.HOUR: "hour"}
_MORE: Final = {Per.DAY: "days", Per.DAY_OF_24_HOURS: "periods of 24 h", Per.HOUR: "hours"}
_SECOND: Final = timedelta(seconds=1)


def late_by(submitted: datetime, due: datetime) -> timedelta:
    """Return how long after `due` something was handed in, in whole seconds; nothing where it was in time.

    Both have a zone.
    """
    over = (submitted.astimezone(UTC) - due.astimezone(UTC)) // _SECOND * _SECOND
    return max(over, timedelta(0))


def late_line(
    late: Late,
    submitted: datetime,
    due: datetime,
    earned: Decimal,
    possible: Decimal,
    *,
    places: int,
    budget: Budget | None = None,
) -> Adjustment | None:
    """Return the line for work that is handed in after it is `due`, or None within the grace.

    `earned` is what there is to lose from: the criteria with extra and dropped ones. The penalty never takes it
    below the floor; work that earned less than the floor loses nothing. It is rounded to `places` decimals. Days that
    a `budget` has left cost nothing.
    """
    over = late_by(submitted, due)
    if over <= late.grace:
        return None
    units = _begun(late, submitted, due)
    free = min(units, budget.left) if budget and late.per is not Per.HOUR else 0
    penalty = (units - free) * late.penalty.of(possible)
    words = f"{span(over)} late: {_counted(units, late.per)} at {amount(late.penalty)}"
    if budget and late.per is not Per.HOUR:
        words += f", {free} from the budget ({budget.left - free} of {_counted(budget.days, Per.DAY)} left)"
    if late.cap is not None and penalty > late.cap.of(possible):
        penalty = late.cap.of(possible)
        words += f", at most {amount(late.cap)}"
    penalty = rounded(penalty, places)
    room = max(earned - late.floor.of(possible), Decimal(0))
    if penalty > room and late.floor.value:
        words += f", not below {amount(late.floor)}"
    return Adjustment(AdjustmentKind.LATE, words, -min(penalty, room))


def days_late(late: Late, submitted: datetime, due: datetime) -> int:
    """Return how many days of a budget work would use up: none within the grace, or where hours are counted."""
    counted = late_by(submitted, due) > late.grace and late.per is not Per.HOUR
    return _begun(late, submitted, due) if counted else 0


def _counted(units: int, per: Per) -> str:
    return f"{units} {(_ONE if units == 1 else _MORE)[per]}"


def _begun(late: Late, submitted: datetime, due: datetime) -> int:
    """Return how many units have begun; days are the due date's zone's, on whose clocks they end at the same hour."""
    zone = late.due.tzinfo
    ends = due.astimezone(UTC) + late.grace
    if late.per is not Per.DAY:
        return -(-late_by(submitted, ends) // _UNIT[late.per])
    here, there = (moment.astimezone(zone).replace(tzinfo=None) for moment in (submitted, ends))
    # In the hour that clocks go through twice, a later moment may have an earlier time.
    return max(-(-((here - there) // _SECOND * _SECOND) // _DAY), 1)


def span(length: timedelta) -> str:
    """Return a length of time in its two largest units, such as "1 day 2 h"."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = f"{length.days} day{'s' if length.days > 1 else ''}" if length.days else ""
    small = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if number]
    return " ".join([part for part in (days, *small) if part][:2]) or "0 s"


def amount(value: Amount) -> str:
    """Return an amount in words."""
    number = f"{value.value:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{number} %" if value.percent else f"{number} point{'' if value.value == 1 else 's'}"
