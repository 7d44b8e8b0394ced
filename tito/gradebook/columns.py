"""Column types: exact points, moments with a zone and untrusted text, the same in SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.types import TypeDecorator

from tito.model.escapes import escaped

# A row of a query, whose columns the query names.
Line = Any
_PER_POINT: Final = 1000


class Points(TypeDecorator[Decimal]):
    """Decimal points as whole thousandths: a sum of them is exact in any database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Return thousandths."""
        return None if value is None else int((value * _PER_POINT).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:  # noqa: ARG002 - SQLAlchemy's
        """Return points, without trailing zeros."""
        if value is None:
            return None
        whole, rest = divmod(value, _PER_POINT)
        return (Decimal(value) / _PER_POINT) if rest else Decimal(whole)


class Moment(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 text in UTC, of one width, so that its order is the text's."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the text."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Words(TypeDecorator[str]):
    """Text that may be a student's: what no database or screen should be given is kept as a visible escape."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the text without NUL, surrogates and the like."""
        return None if value is None else escaped(value)
