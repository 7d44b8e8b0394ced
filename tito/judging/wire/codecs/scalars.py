"""Codecs of the standard library's numbers, identifiers, paths and views of memory."""

import decimal
import fractions
import pathlib
import random
import re
import uuid
from typing import Any, Final

from tito.judging.wire.codecs.model import Codec, exact, require, within

_DECIMAL: Final = re.compile(r"-?(\d{1,10000}(\.\d{1,10000})?(E[+-]\d{1,18})?|Infinity|s?NaN\d{0,10000})")
_LONGEST_PATH: Final = 4096
_WORD: Final = (1 << 32) - 1
# Of the Mersenne twister: its words, and the place of the next one.
_TWISTER: Final = 624


def _decimal(text: Any) -> decimal.Decimal:
    require(fits=_DECIMAL.fullmatch(exact(text, str)) is not None, what="no decimal number")
    return decimal.Decimal(text)


def _fraction(parts: Any) -> fractions.Fraction:
    numerator, denominator = parts
    require(fits=exact(denominator, int) > 0)
    return fractions.Fraction(exact(numerator, int), denominator)


def _path(kind: type[pathlib.PurePath]) -> Codec:
    def build(text: Any) -> pathlib.PurePath:
        require(fits=len(exact(text, str)) <= _LONGEST_PATH, what="a path is too long")
        return kind(text)

    return Codec(f"pathlib.{kind.__name__}", kind, str, build)


def _twister(parts: Any) -> random.Random:
    version, words, following = parts
    require(fits=version == random.Random.VERSION and len(exact(words, tuple)) == _TWISTER + 1)
    for word in words[:-1]:
        within(word, 0, _WORD)
    within(words[-1], 0, _TWISTER)
    if following is not None:
        exact(following, float)
    made = random.Random()  # noqa: S311 - a student's, for a lesson
    made.setstate(parts)
    return made


CODECS: Final = (
    Codec("decimal.Decimal", decimal.Decimal, decimal.Decimal.__str__, _decimal),
    Codec("fractions.Fraction", fractions.Fraction, lambda it: (it.numerator, it.denominator), _fraction),
    Codec("uuid.UUID", uuid.UUID, lambda it: it.int, lambda number: uuid.UUID(int=exact(number, int))),
    _path(pathlib.PurePosixPath),
    _path(pathlib.PureWindowsPath),
    *((_path(pathlib.PosixPath),) if isinstance(pathlib.Path(), pathlib.PosixPath) else ()),
    Codec(
        "random.Random",
        random.Random,
        lambda it: it.getstate(),
        _twister,
        fill=lambda it, new: it.setstate(new.getstate()),
    ),
    Codec("memoryview", memoryview, lambda it: it.tobytes(), lambda content: memoryview(exact(content, bytes))),
)
