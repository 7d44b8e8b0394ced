"""Codecs of pandas: frames, series, indexes of every kind, their arrays and scalars."""

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from tito.judging.wire.codecs.model import Codec, exact, require, within
from tito.judging.wire.codecs.times import zone

_MOST: Final = 1_000_000
_MOST_COLUMNS: Final = 10_000
_LONG: Final = 1 << 62
_FREQUENCY: Final = re.compile(r"-?[0-9]{0,6}[A-Za-z]{1,5}(-[A-Za-z]{1,9})?")
_UNITS: Final = ("s", "ms", "us", "ns")
_MASKED: Final[dict[str, Any]] = {
    "integers": pd.arrays.IntegerArray,
    "floats": pd.arrays.FloatingArray,
    "booleans": pd.arrays.BooleanArray,
}
_MASKED_NAMES: Final = {kind: name for name, kind in _MASKED.items()}


# Columns: whatever holds the values of a series, an index or a frame.


def _column(array: Any) -> Any:  # noqa: PLR0911 - a table in match form
    """Return the parts of an array; raise TypeError for one of a kind that does not cross."""
    if type(array) is pd.arrays.NumpyExtensionArray:
        array = array.to_numpy()
    if type(array) is np.ndarray:
        return ("plain", array)
    if type(array) in _MASKED_NAMES:
        return (_MASKED_NAMES[type(array)], array._data, array._mask)  # noqa: SLF001 - there is no public name
    match array:
        case pd.Categorical():
            return ("categories", np.asarray(array.codes), array.categories, bool(array.ordered))
        case pd.arrays.DatetimeArray():
            return ("times", np.asarray(array.asi8), array.unit, array.tz)
        case pd.arrays.TimedeltaArray():
            return ("spans", np.asarray(array.asi8), array.unit)
        case pd.arrays.PeriodArray():
            return ("periods", np.asarray(array.asi8), array.freqstr)
        case pd.arrays.IntervalArray():
            return ("intervals", _column(array.left.array), _column(array.right.array), array.closed)
    if isinstance(array.dtype, pd.StringDtype):
        return _text(array)
    raise TypeError(f"arrays of {array.dtype} do not cross")


def _text(array: Any) -> Any:
    missing = np.asarray(array.isna(), bool)
    parts = [
        b"" if gone else str(one).encode("utf-8", "surrogatepass") for one, gone in zip(array, missing, strict=True)
    ]
    ends = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    return ("text", array.dtype.storage, array.dtype.na_value is pd.NA, b"".join(parts), ends, missing)


def _built(parts: Any) -> Any:
    """Return an array of its parts: a numpy array or one of pandas' own."""
    kind, *rest = exact(parts, tuple)
    return _BUILD[exact(kind, str)](*rest)


def _plain(array: Any) -> Any:
    require(fits=exact(array, np.ndarray).ndim == 1 and len(array) <= _MOST)
    return array


def _masked(kind: str) -> Callable[[Any, Any], Any]:
    def build(data: Any, mask: Any) -> Any:
        return _MASKED[kind](_plain(data), _flags(mask, len(data)))

    return build


def _flags(mask: Any, size: int) -> Any:
    require(fits=_plain(mask).dtype == bool and len(mask) == size, what="a mask does not fit")
    return mask


def _whole(array: Any) -> Any:
    require(fits=_plain(array).dtype == np.int64, what="whole numbers expected")
    return array


def _places(codes: Any, size: int) -> Any:
    """Return places among `size` things, -1 for none: pandas itself reads wherever they lead."""
    require(fits=_plain(codes).dtype.kind == "i" and (not len(codes) or -1 <= codes.min() <= codes.max() < size))
    return codes


def _categories(codes: Any, categories: Any, ordered: Any) -> Any:
    require(fits=isinstance(categories, pd.Index) and categories.is_unique and not categories.hasnans)
    places = _places(codes, len(categories))
    return pd.Categorical.from_codes(places, dtype=pd.CategoricalDtype(categories, ordered=exact(ordered, bool)))


def _unit(unit: Any) -> Any:
    require(fits=unit in _UNITS)
    return unit


# What an index shows of itself is locked; a series can be written into.


def _times(values: Any, unit: Any, tz: Any) -> Any:
    index = pd.DatetimeIndex(_whole(values).view(f"M8[{_unit(unit)}]"))
    return (index if tz is None else index.tz_localize("UTC").tz_convert(zone(tz))).array.copy()


def _spans(values: Any, unit: Any) -> Any:
    return pd.TimedeltaIndex(_whole(values).view(f"m8[{_unit(unit)}]")).array.copy()


def _frequency(text: Any) -> str:
    require(fits=_FREQUENCY.fullmatch(exact(text, str)) is not None, what="no frequency")
    return str(text)


def _periods(ordinals: Any, frequency: Any) -> Any:
    index = pd.PeriodIndex.from_ordinals(_whole(ordinals), freq=_frequency(frequency))
    # It raises for periods beyond all times, which C code takes as they come elsewhere.
    index.to_timestamp()
    return index.array.copy()


def _intervals(left: Any, right: Any, closed: Any) -> Any:
    require(fits=closed in {"left", "right", "both", "neither"})
    return pd.arrays.IntervalArray.from_arrays(_built(left), _built(right), closed=closed)


def _texts(storage: Any, na: Any, content: Any, ends: Any, missing: Any) -> Any:
    require(fits=storage in {"python", "pyarrow"} and len(_whole(ends)) > 0)
    size, content = len(ends) - 1, exact(content, bytes)
    fits = ends[0] == 0 and ends[-1] == len(content) and (np.diff(ends) >= 0).all()
    require(fits=bool(fits), what="text does not lie where it should")
    nothing: Any = pd.NA if exact(na, bool) else np.nan
    cells = np.empty(size, object)
    for place, gone in enumerate(_flags(missing, size)):
        cells[place] = nothing if gone else content[ends[place] : ends[place + 1]].decode("utf-8", "surrogatepass")
    return pd.array(cells, dtype=pd.StringDtype(storage, na_value=nothing))


_BUILD: Final[dict[str, Callable[..., Any]]] = {
    "plain": _plain,
    **{name: _masked(name) for name in _MASKED},
    "categories": _categories,
    "times": _times,
    "spans": _spans,
    "periods": _periods,
    "intervals": _intervals,
    "text": _texts,
}


# Indexes.


def _index_parts(index: Any) -> Any:
    frequency = getattr(index, "freq", None) if not isinstance(index, pd.PeriodIndex) else None
    return (_column(index.array), index.name, None if frequency is None else frequency.freqstr)


def _index(parts: Any) -> Any:
    column, name, frequency = parts
    made = pd.Index(_built(column), name=_name(name), dtype=None, copy=False)
    if type(column[1]) is np.ndarray and column[0] == "plain":
        made = pd.Index(column[1], dtype=column[1].dtype, name=_name(name), copy=False)
    if frequency is not None:
        made = type(made)(made, freq=_frequency(frequency))
    return made


def _index_of(kind: type) -> Callable[[Any], Any]:
    def build(parts: Any) -> Any:
        return exact(_index(parts), kind)

    return build


def _name(name: Any) -> Any:
    hash(name)
    return name


def _range_parts(index: Any) -> Any:
    return (index.start, index.stop, index.step, index.name)


def _range(parts: Any) -> Any:
    start, stop, step, name = parts
    for each in (start, stop, step):
        within(each, -_LONG, _LONG)
    require(fits=len(range(start, stop, step)) <= _MOST)
    return pd.RangeIndex(start, stop, step, name=_name(name))


def _levels_parts(index: Any) -> Any:
    return (tuple(index.levels), tuple(np.asarray(each) for each in index.codes), tuple(index.names))


def _levels(parts: Any) -> Any:
    levels, codes, names = (exact(each, tuple) for each in parts)
    require(fits=0 < len(levels) == len(codes) == len(names) <= _MOST_COLUMNS)
    for level, places in zip(levels, codes, strict=True):
        require(fits=isinstance(level, pd.Index) and len(places) == len(codes[0]))
        _places(places, len(level))
    return pd.MultiIndex(levels, codes, names=[_name(each) for each in names])


def _rename(it: Any, new: Any) -> None:
    # An index does not change but for its names.
    require(fits=it.equals(new))
    it.names = new.names


# Series and frames.


def _series_parts(it: Any) -> Any:
    return (_column(it.array), it.index, it.name, _kept(it))


def _kept(it: Any) -> Any:
    return (dict(it.attrs), bool(it.flags.allows_duplicate_labels))


def _series(parts: Any) -> Any:
    column, index, name, kept = parts
    array = _built(column)
    require(fits=isinstance(index, pd.Index) and len(index) == len(array))
    made: Any = pd.Series(array, index=index, dtype=array.dtype, name=_name(name), copy=False)
    return _with(made, kept)


def _with(made: Any, kept: Any) -> Any:
    attrs, duplicates = kept
    made.attrs = dict(exact(attrs, dict))
    made.flags.allows_duplicate_labels = exact(duplicates, bool)
    return made


def _frame_parts(it: Any) -> Any:
    columns = tuple(_column(it.iloc[:, place].array) for place in range(it.shape[1]))
    return (columns, it.columns, it.index, _kept(it))


def _frame(parts: Any) -> Any:
    told, labels, index, kept = parts
    require(
        fits=isinstance(labels, pd.Index) and isinstance(index, pd.Index) and len(exact(told, tuple)) == len(labels)
    )
    require(fits=len(labels) <= _MOST_COLUMNS)
    arrays = [_built(each) for each in told]
    require(fits=all(len(each) == len(index) for each in arrays), what="columns differ in length")
    columns: Any = {place: pd.Series(each, dtype=each.dtype, copy=False) for place, each in enumerate(arrays)}
    made = pd.DataFrame(columns) if columns else pd.DataFrame(index=index)
    made.index, made.columns = index, labels
    return _with(made, kept)


def _refill(it: Any, new: Any) -> None:
    it._update_inplace(new)  # noqa: SLF001 - what pandas' own methods with `inplace` do
    it.attrs = new.attrs
    it.flags.allows_duplicate_labels = new.flags.allows_duplicate_labels
    if isinstance(it, pd.Series):
        it.name = new.name


# Scalars.


def _timestamp(parts: Any) -> Any:
    value, unit, tz = parts
    made: Any = pd.Timestamp(np.datetime64(within(value, -_LONG * 2, _LONG * 2 - 1), _unit(unit)))
    return made if tz is None else made.tz_localize("UTC").tz_convert(zone(tz))


def _timedelta(parts: Any) -> Any:
    value, unit = parts
    return pd.Timedelta(np.timedelta64(within(value, -_LONG * 2, _LONG * 2 - 1), _unit(unit)))


def _period(parts: Any) -> Any:
    ordinal, frequency = parts
    made = pd.Period(ordinal=within(ordinal, -_LONG, _LONG), freq=_frequency(frequency))
    made.to_timestamp()
    return made


def _interval(parts: Any) -> Any:
    left, right, closed = parts
    return pd.Interval(left, right, closed=closed)


def _constant(value: Any, tag: str) -> Codec:
    return Codec(tag, type(value), lambda _: (), lambda _: value)


def _dtype(parts: Any) -> Any:
    categories, ordered = parts
    require(fits=categories is None or (isinstance(categories, pd.Index) and categories.is_unique))
    return pd.CategoricalDtype(categories, ordered=exact(ordered, bool))


_NAMED_DTYPES: Final = (
    pd.Int8Dtype, pd.Int16Dtype, pd.Int32Dtype, pd.Int64Dtype, pd.UInt8Dtype, pd.UInt16Dtype, pd.UInt32Dtype,
    pd.UInt64Dtype, pd.Float32Dtype, pd.Float64Dtype, pd.BooleanDtype,
)  # fmt: skip


def _named_dtype(kind: Any) -> Codec:
    return Codec(f"pandas.{kind.__name__}", kind, lambda _: (), lambda _: kind())


def _string_dtype(parts: Any) -> Any:
    storage, na = parts
    require(fits=storage in {"python", "pyarrow"})
    return pd.StringDtype(storage, na_value=pd.NA if exact(na, bool) else np.nan)


def _array_codec(kind: Any) -> Codec:
    def fill(it: Any, new: Any) -> None:
        it[:] = new

    return Codec(f"pandas.{kind.__name__}", kind, _column, lambda parts: exact(_built(parts), kind), fill=fill)


CODECS: Final = (
    Codec("pandas.DataFrame", pd.DataFrame, _frame_parts, _frame, fill=_refill),
    Codec("pandas.Series", pd.Series, _series_parts, _series, fill=_refill),
    Codec("pandas.RangeIndex", pd.RangeIndex, _range_parts, _range, fill=_rename),
    Codec("pandas.MultiIndex", pd.MultiIndex, _levels_parts, _levels, fill=_rename),
    *(
        Codec(f"pandas.{kind.__name__}", kind, _index_parts, _index_of(kind), fill=_rename)
        for kind in (
            pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex, pd.CategoricalIndex, pd.IntervalIndex,
        )
    ),
    *map(_array_codec, (pd.Categorical, *_MASKED_NAMES)),
    *map(_array_codec, (pd.arrays.DatetimeArray, pd.arrays.TimedeltaArray, pd.arrays.PeriodArray)),
    Codec("pandas.Timestamp", pd.Timestamp, lambda it: (int(it.asm8.view("i8")), it.unit, it.tz), _timestamp),
    Codec("pandas.Timedelta", pd.Timedelta, lambda it: (int(it.asm8.view("i8")), it.unit), _timedelta),
    Codec("pandas.Period", pd.Period, lambda it: (it.ordinal, it.freqstr), _period),
    Codec("pandas.Interval", pd.Interval, lambda it: (it.left, it.right, it.closed), _interval),
    _constant(pd.NaT, "pandas.NaT"),
    _constant(pd.NA, "pandas.NA"),
    Codec("pandas.CategoricalDtype", pd.CategoricalDtype, lambda it: (it.categories, bool(it.ordered)), _dtype),
    Codec(
        "pandas.DatetimeTZDtype",
        pd.DatetimeTZDtype,
        lambda it: (it.unit, it.tz),
        lambda parts: pd.DatetimeTZDtype(_unit(parts[0]), zone(parts[1])),
    ),
    Codec(
        "pandas.IntervalDtype",
        pd.IntervalDtype,
        lambda it: (it.subtype, it.closed),
        lambda parts: pd.IntervalDtype(parts[0], parts[1]),
    ),
    Codec(
        "pandas.PeriodDtype",
        pd.PeriodDtype,
        lambda it: str(it)[len("period[") : -1],
        lambda text: pd.PeriodDtype(_frequency(text)),
    ),
    Codec("pandas.StringDtype", pd.StringDtype, lambda it: (it.storage, it.na_value is pd.NA), _string_dtype),
    *map(_named_dtype, _NAMED_DTYPES),
)  # fmt: skip
