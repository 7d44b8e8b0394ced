"""The kinds of numbers, text and dates that numpy has, by their short names."""

import re
from typing import Any, Final

from tito.judging.wire.codecs.model import exact, require
from tito.judging.wire.numeric import np

_PLAIN: Final = re.compile(
    r"[<>|=]?([biufcSU])\d{1,7}|\|b1|[<>|=]?[mM]8(\[\d{0,9}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)


def plain_dtype(text: Any) -> np.dtype[Any]:
    """Return a dtype of numbers, text, dates or spans, by its short name."""
    require(fits=_PLAIN.fullmatch(exact(text, str)) is not None, what="no plain dtype")
    found: np.dtype[Any] = np.dtype(text)
    return found
