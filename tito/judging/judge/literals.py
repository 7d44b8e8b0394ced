"""Values as text: short, as a report shows them, or whole, as Python would make them again."""

import itertools
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.proxies import Proxy

LONGEST: Final = 240
LONGEST_ARRAY: Final = 64
_WIDEST: Final = 8
_LARGEST: Final = 12
_NESTED: Final = 4
# Python does not write integers of more than 4,300 digits.
_BITS: Final = 12_000


class Remains:
    """What a log keeps in place of an object that is to go when the test lets go of it."""

    def __init__(self, name: str) -> None:
        self.name = name


def shown(value: Any, depth: int = 0) -> str:
    """Write a value in short; what the subject sent may be megabytes, or nested for ever: little is looked at."""
    if isinstance(value, type) or type(value) in {Function, Bound}:
        return str(value.__name__)
    if isinstance(value, Proxy | Remains):
        return f"<{value.name if type(value) is Remains else type(value).__name__}>"
    text = "…" if depth > _NESTED else _written_value(value, depth)
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"


def literal(value: Any) -> str:
    """Write a value whole, as Python that makes it again. Raises ValueError for what is too much or no plain data."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.size <= LONGEST_ARRAY:
        dtype = "" if value.dtype in (np.dtype(float), np.dtype(int)) else f", dtype=np.{value.dtype}"
        return f"np.array({_rows(value)}{dtype})"
    if type(value) in {list, tuple}:
        body = ", ".join(map(literal, value)) + ("," if type(value) is tuple and len(value) == 1 else "")
        return f"[{body}]" if type(value) is list else f"({body})"
    if type(value) is float and not math.isfinite(value):
        return f"float('{value}')"
    text = shown(value)
    if "…" in text or text.startswith("<") or isinstance(value, np.ndarray) or (type(value) is dict and "<" in text):
        raise ValueError("this value cannot be written whole")
    return text


def _rows(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"[{', '.join(map(_rows, value))}]"
    # numpy's own text of a number is its shortest one.
    text = str(value)
    return f"np.{text}" if text in {"nan", "inf"} else text.replace("-inf", "-np.inf")


def _written_value(value: Any, depth: int) -> str:  # noqa: PLR0911 - a table in match form
    match value:
        case np.ndarray():
            return _array(value)
        case np.generic():
            return _scalar(value)
        case str() | bytes():
            return repr(value[: LONGEST + 1])
        case int() if value.bit_length() > _BITS:
            return "<int too long to write>"
        case None | bool() | int() | float() | complex() | slice() | range():
            return repr(value)
        case list() | tuple():
            return _sequence(value, depth)
        case dict():
            pairs = itertools.islice(value.items(), _WIDEST)
            return _listed("{}", [f"{shown(key, depth + 1)}: {shown(one, depth + 1)}" for key, one in pairs], value)
        case set() if value:
            return _listed("{}", [shown(each, depth + 1) for each in itertools.islice(value, _WIDEST)], value)
    return f"<{type(value).__name__}>"


def _scalar(value: np.generic) -> str:
    if isinstance(value, str | bytes):
        return f"np.{type(value).__name__}({value[: LONGEST + 1]!r})"
    return f"np.{value!r}" if not repr(value).startswith("np.") else repr(value)


def _array(value: np.ndarray[Any, Any]) -> str:
    dtype = "" if value.dtype == float else f", dtype={value.dtype}"
    if value.size <= _LARGEST and value.dtype.kind not in "SUVO":
        body = np.array2string(value, precision=6, separator=", ", max_line_width=10_000)
        return f"np.array({' '.join(body.split())}{dtype})"
    first = ", ".join(shown(each.item(), _NESTED) for each in value.flat[:3])
    return f"<array of shape {value.shape}{dtype}: {first}, …>"


def _sequence(value: Sequence[Any], depth: int) -> str:
    body = _listed(
        "[]" if isinstance(value, list) else "()", [shown(one, depth + 1) for one in value[:_WIDEST]], value
    )
    return f"{body[:-1]},)" if isinstance(value, tuple) and len(value) == 1 else body


def _listed(brackets: str, parts: list[str], whole: Any) -> str:
    return f"{brackets[0]}{', '.join([*parts, '…'] if len(whole) > len(parts) else parts)}{brackets[1]}"
