"""nbgrader's partial credit, made explicit: a test ends in a number, which is the points that it gives."""

from decimal import Decimal, InvalidOperation

from tito.model.points import places_of, rounded


def partial_credit(value: str, points: Decimal) -> tuple[Decimal, str]:
    """Return the points that a test's `value` gives, of `points`, and in words why it is not all of them.

    True gives all and False nothing. Below 0 is 0, and above `points` is `points`; nan, an infinity and what is no
    number give nothing. Rounded half up to what the points need.
    """
    if value in {"True", "False"}:
        return (points, "") if value == "True" else (Decimal(0), "the test ends in False")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Decimal(0), f"the test ends in {value or 'nothing'}, not in a number of points"
    if not number.is_finite():
        return Decimal(0), f"the test ends in {value}, which is no number of points"
    if number >= points:
        return points, ""
    return rounded(max(number, Decimal(0)), places_of((points,))), f"the test gives {value} of {points} points"
