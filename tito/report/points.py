"""Points as reports write them."""

from decimal import Decimal


def points(value: Decimal) -> str:
    """Return points without trailing zeros, to two places at most."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")


def percent(value: Decimal) -> str:
    """Return a percentage with one place, never rounded up to 100."""
    shown = f"{value:.1f}"
    return "99.9" if shown == "100.0" and value < 100 else shown  # noqa: PLR2004 - all
