"""What being late costs: whole days or hours begun after due date and grace."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from tito.model.grade import Adjustment, AdjustmentKind
from tito.model.rubric import Amount, Late, Per

_UNIT: Final = {Per.DAY: timedelta(days=1), Per.HOUR: timedelta(hours=1)}
_SECOND: Final = timedelta(seconds=1)
_CENT: Final = Decimal("0.01")


def late_by(submitted: datetime, due: datetime) -> timedelta:
    """Return how long after `due` something was handed in, in whole seconds; nothing where it was in time.

    Both have a zone; a day is 24 hours, also where the clocks change.
    """
    over = (submitted.astimezone(UTC) - due.astimezone(UTC)) // _SECOND * _SECOND
    return max(over, timedelta(0))


def late_line(late: Late, over: timedelta, earned: Decimal, possible: Decimal) -> Adjustment | None:
    """Return the line for work that is `over` its due date, or None within the grace.

    `earned` is what there is to lose from: the criteria with extra and dropped ones. The penalty never takes it
    below the floor; work that earned less than the floor loses nothing.
    """
    units = -(-(over - late.grace) // _UNIT[late.per])
    if units <= 0:
        return None
    penalty = units * late.penalty.of(possible)
    words = f"{span(over)} late: {units} {late.per}{'s' if units > 1 else ''} at {amount(late.penalty)}"
    if late.cap is not None and penalty > late.cap.of(possible):
        penalty = late.cap.of(possible)
        words += f", at most {amount(late.cap)}"
    penalty = penalty.quantize(_CENT, ROUND_HALF_EVEN)
    room = max(earned - late.floor.of(possible), Decimal(0))
    if penalty > room and late.floor.value:
        words += f", not below {amount(late.floor)}"
    return Adjustment(AdjustmentKind.LATE, words, -min(penalty, room))


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
