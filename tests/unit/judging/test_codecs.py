"""Library values: each comes back as it was, and nothing is built of parts that no such value gives."""

import array
import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import io
import pathlib
import random
import re
import types
import typing
import uuid
import zoneinfo

import numpy as np
import pytest

from tito.judging.wire.codec import Decoder, Encoder, WireError, pack, unpack
from tito.judging.wire.codecs import Codecs, arrays, containers, matches, register, scalars, times
from tito.judging.wire.codecs.records import record

try:
    import pandas as pd
    from scipy import sparse

    register(["pandas", "scipy"])
except ImportError:
    pd = sparse = None

needs_pandas = pytest.mark.skipif(pd is None, reason="pandas and scipy are not installed")


def refuse(*_):
    raise WireError("not plain")


def over(value):
    encoder = Encoder(refuse)
    tree, blob = unpack(io.BytesIO(pack(encoder.encode(value), encoder.blob)))
    return Decoder(blob, refuse).decode(tree)


def parts_of(tag, parts):
    """Return what a forged node of this tag is decoded to."""
    encoder = Encoder(refuse)
    node = encoder.encode(parts)
    return Decoder(bytes(encoder.blob), refuse).decode({"x": [tag, node]})


BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
VALUES = [
    dt.date(2026, 1, 2), dt.time(3, 4, 5, 6, fold=1), dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
    dt.timedelta(-1, 5, 7), dt.UTC, dt.timezone(dt.timedelta(hours=1)), dt.timezone(dt.timedelta(0), "Z"), BERLIN,
    decimal.Decimal("1.10"), decimal.Decimal("-1E+7"), decimal.Decimal("Infinity"), fractions.Fraction(-1, 3),
    uuid.UUID(int=5), pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("c:/x"), pathlib.Path("a"),
    collections.Counter("aab"), collections.deque([1, [2]], 3), collections.defaultdict(list, a=[1]),
    collections.OrderedDict(b=1, a=2), {1: 2}.keys(), {1: [2]}.items(), types.SimpleNamespace(a=1),
    types.MappingProxyType({"a": 1}), array.array("d", [1.5]), bytearray(b"x"), memoryview(b"q"),
    np.datetime64("2026-01"), np.timedelta64(3, "h"), np.str_("a"), np.bytes_(b"a\0b"), decimal.Decimal, dt.date,
]  # fmt: skip
ARRAYS = [
    np.array(["2026-01-01", "NaT"], "M8[D]"), np.array([[1, 2]], "m8[25s]"), np.zeros((0, 2), "M8[ns]"),
    np.array([(1, "a"), (2, "b")], [("n", "i4"), ("s", "U3")]), np.zeros(2, [("p", "f4", (2, 2)), ("q", [("r", "i1")])]),
    np.zeros(2, np.dtype({"names": ["a"], "formats": ["u1"], "offsets": [3], "itemsize": 8})),
    np.array([1, None, [2]], object), np.array([[object, "x"]], object)[:, 1:], np.array([], object),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value):
    back = over(value)
    assert back == value
    assert type(back) is type(value)
    assert repr(back) == repr(value) or type(value) is memoryview


@pytest.mark.parametrize("value", ARRAYS, ids=lambda value: str(value.dtype))
def test_an_array_of_another_kind_comes_back_as_it_was(value):
    back = over(value)
    assert (back.dtype, back.shape, repr(back.tolist())) == (value.dtype, value.shape, repr(value.tolist()))


@pytest.mark.parametrize("hard", [False, True])
def test_a_masked_array_keeps_what_it_masks(hard):
    value = np.ma.array([1, 2, 3], mask=[0, 1, 0], fill_value=9, hard_mask=hard)
    back = over(value)
    assert (back.mask.tolist(), back.data.tolist(), back.fill_value) == ([0, 1, 0], [1, 2, 3], 9)
    assert back.hardmask is hard


@pytest.mark.parametrize(
    "bits", [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.SFC64, np.random.Philox]
)
def test_a_generator_goes_on_where_it_was(bits):
    rng = np.random.Generator(bits(3))
    rng.integers(9, size=3, dtype=np.int32)
    assert over(rng).normal(size=5).tolist() == rng.normal(size=5).tolist()


def test_older_generators_go_on_where_they_were():
    old, plain = np.random.RandomState(3), random.Random(3)  # noqa: S311 - for a lesson
    old.normal()
    assert over(old).normal() == old.normal()
    assert over(plain).random() == plain.random()


def test_what_a_default_makes_is_made_by_itself():
    found = over(collections.defaultdict(list, a=[1]))
    assert found["z"] == []
    assert found["z"] is not found["y"]


def test_a_match_is_what_was_found():
    found = over(re.search(r"(?P<n>\d+)(x)?", "ab12"))
    assert (found.group(), found["n"], found.groups(), found.span()) == ("12", "12", ("12", None), (2, 4))
    assert found.groupdict() == {"n": "12"}
    assert isinstance(found, re.Match)
    with pytest.raises(IndexError):
        found.group(3)


def test_a_class_that_derives_from_a_librarys_is_no_value():
    class Mine(collections.Counter):
        pass

    with pytest.raises(WireError, match="not plain"):
        over(Mine("a"))


MALFORMED = [
    ("datetime.date", (2026, 13, 1)), ("datetime.date", ("2026", 1, 1)), ("datetime.date", 5),
    ("datetime.time", (1, 2, 3, 4, "x", 0)), ("datetime.datetime", (2026, 1, 1, "x")), ("datetime.timedelta", (1.5, 0, 0)),
    ("datetime.timezone", (dt.timedelta(days=2), None)), ("datetime.timezone", (dt.timedelta(0), "x" * 1000)),
    ("zoneinfo.ZoneInfo", "../../etc/passwd"), ("zoneinfo.ZoneInfo", "/etc/passwd"), ("zoneinfo.ZoneInfo", "Nowhere"),
    ("decimal.Decimal", "1" * 20_001), ("decimal.Decimal", "0x1"), ("decimal.Decimal", 1.5), ("decimal.Decimal", "1_0"),
    ("fractions.Fraction", (1, 0)), ("fractions.Fraction", (1, -2)), ("fractions.Fraction", (1.5, 2)),
    ("uuid.UUID", -1), ("uuid.UUID", 1 << 128), ("pathlib.PosixPath", "x" * 5000), ("pathlib.PosixPath", b"x"),
    ("random.Random", (3, (0,) * 624 + (625,), None)), ("random.Random", (3, (0,) * 624 + (-1,), None)),
    ("random.Random", (3, (1 << 40,) * 624 + (1,), None)), ("random.Random", (3, (), None)),
    ("queue.Queue", ((1,), 0)), ("queue.Queue", (-1, ())), ("queue.PriorityQueue", (0, [1])),
    ("collections.Counter", 5), ("collections.Counter", ((1, 2, 3),)), ("collections.deque", ((1,), -1)),
    ("collections.deque", ([1], None)), ("collections.defaultdict", ((5,), ())), ("dict_keys", ([],)),
    ("dict_keys", tuple(n * (2**61 - 1) for n in range(20_000))), ("array.array", ("u", b"\xff" * 4)),
    ("array.array", ("d", b"123")), ("bytearray", "x"), ("types.SimpleNamespace", {1: 2}),
    ("io.StringIO", ("a", -1)), ("io.StringIO", (5, 0)),
    ("numpy.ndarray", ("dates", "<M8[s]", (2,), b"12345678")), ("numpy.ndarray", ("dates", "<f8", (1,), b"12345678")),
    ("numpy.ndarray", ("dates", "<M8[x]", (1,), b"12345678")), ("numpy.ndarray", ("dates", "|O", (1,), b"12345678")),
    ("numpy.ndarray", ("objects", None, (3,), (1,))), ("numpy.ndarray", ("objects", None, (-1, -1), (1,))),
    ("numpy.ndarray", ("objects", None, (1 << 40,), ())), ("numpy.ndarray", ("records", (8, ()), (1,), b"12345678")),
    ("numpy.ndarray", ("records", (8, (("a", 0, "|O", ()),)), (1,), b"12345678")),
    ("numpy.ndarray", ("records", (8, (("a", 4, "<f8", ()),)), (1,), b"12345678")),
    ("numpy.ndarray", ("records", (8, (("a", -8, "<f8", ()),)), (1,), b"12345678")),
    ("numpy.ndarray", ("records", (4, (("a", 0, "<U1", ()),)), (1,), b"\xff\xff\xff\xff")),
    ("numpy.ndarray", ("records", (8, (("a", 0, "<f8", (1 << 30,)),)), (1,), b"12345678")),
    ("numpy.ma.MaskedArray", (np.zeros(2), np.zeros(3, bool), None, False)),
    ("numpy.ma.MaskedArray", ([1], None, None, False)), ("numpy.datetime64", np.zeros(2, "M8[s]")),
    ("numpy.datetime64", np.zeros((), "f8")),
    ("numpy.random.Generator", {"bit_generator": "os"}), ("numpy.random.Generator", {"bit_generator": "PCG64"}),
    ("numpy.random.Generator", {"bit_generator": "MT19937", "state": {"key": np.zeros(624, "u4"), "pos": 700}}),
    ("numpy.random.Generator", {"bit_generator": "MT19937", "state": {"key": np.zeros(624, "u4"), "pos": -1}}),
    ("numpy.random.Generator", {"bit_generator": "MT19937", "state": {"key": np.zeros(3, "u4"), "pos": 0}}),
    ("numpy.random.Generator", {"bit_generator": "PCG64", "state": {"state": 1, "inc": 2}, "has_uint32": 0, "uinteger": 0}),
    ("numpy.random.Generator", {"bit_generator": "PCG64", "state": {"state": 1 << 128, "inc": 1}, "has_uint32": 0, "uinteger": 0}),
    ("re.Match", ("ab", ((0, 3),), {}, (0, 2))), ("re.Match", ("ab", ((-1, 9),), {}, (0, 2))), ("re.Match", ("ab", (), {}, (0, 2))),
    ("re.Match", ("ab", ((0, 1),), {"n": 5}, (0, 2))), ("re.Match", ([1], ((0, 1),), {}, (0, 1))),
    ("os.system", "true"), (5, 5), ("builtins.eval", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "parts"), MALFORMED, ids=lambda each: str(each)[:40])
def test_malformed_parts_build_nothing(tag, parts):
    with pytest.raises(WireError):
        parts_of(tag, parts)


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Named:
    name: str

    def __post_init__(self):
        raise AssertionError("its own code makes an object")


class Pair(typing.NamedTuple):
    one: int
    other: int


@pytest.mark.parametrize(
    ("kind", "parts", "why"),
    [
        (Colour, "BLUE", "KeyError"),
        (Colour, "__class__", "KeyError"),
        (Colour, 1, "no member"),
        (Colour, [], "no member"),
        (Named, ("x",), "dict expected"),
        (Pair, {"one": 1}, "tuple expected"),
    ],
    ids=str,
)
def test_malformed_parts_of_a_record_build_nothing(kind, parts, why):
    with pytest.raises((ValueError, TypeError, KeyError)) as told:
        record("it", kind).build(parts)
    assert why in f"{told.type.__name__}: {told.value}"


def test_a_record_is_built_of_its_fields_and_by_no_code_of_its_class():
    assert record("it", Named).build({"name": "a", "more": 1}).__dict__ == {"name": "a"}
    assert record("it", Pair).build((1,)) == (1,)
    assert type(record("it", Pair).build((1,))) is tuple
    assert record("it", Colour).build("RED") is Colour.RED


def test_numbers_that_are_neither_true_nor_false_are_refused():
    with pytest.raises(WireError, match="neither"):
        Decoder(b"\x02", refuse).decode({"a": ["|b1", [1], [0, 1]]})


def test_every_codec_is_tried_here():
    known = [*times.CODECS, *scalars.CODECS, *containers.CODECS, *arrays.CODECS, *matches.CODECS]
    assert len({each.tag for each in known}) == len(known)
    assert Codecs(known).of(dt.date).tag == "datetime.date"


if pd is not None:
    FRAME = pd.DataFrame(
        {
            "i": [1, 2, 3], "f": [1.0, np.nan, 2], "s": ["a", None, "é"], "b": [True, False, True],
            "d": pd.to_datetime(["2026-01-01", None, "2026-02-01"]), "z": pd.date_range("2026", periods=3, tz="Europe/Berlin"),
            "c": pd.Categorical(["x", "y", "x"], categories=["y", "x", "z"], ordered=True),
            "I": pd.array([1, None, 3], dtype="Int64"), "B": pd.array([True, None, False], dtype="boolean"),
            "F": pd.array([1.5, None, 2], dtype="Float64"), "t": pd.to_timedelta([1, 2, 3], unit="s"),
            "p": pd.period_range("2026", periods=3, freq="M"), "v": pd.interval_range(0, 3),
            "S": pd.array(["a", None, "b"], dtype="string"), "o": np.array([1, [2], None], object),
        }
    )  # fmt: skip
    FRAME.attrs = {"unit": "m"}
    FRAMES = {
        "all": FRAME, "levels": FRAME.set_index(["s", "i"]), "none": FRAME.iloc[:0], "nothing": pd.DataFrame(),
        "rows alone": pd.DataFrame(index=[1, 2]), "doubles": pd.DataFrame(np.eye(3), columns=list("aab"), index=[1, 1, 2]),
        "columns of levels": FRAME[["i", "f"]].T.groupby(level=0).agg(["min"]).iloc[:, :1],
    }  # fmt: skip
    INDEXES = [
        pd.Index([1, 2], name="n"), pd.Index(["a", None]), pd.RangeIndex(1, 9, 3, name=("q", 1)), pd.Index([True, False]),
        pd.date_range("2026", periods=3), pd.date_range("2026", periods=3, freq="W-MON", tz="UTC"),
        pd.timedelta_range("1h", periods=2), pd.period_range("2026", periods=2, freq="Q-DEC"), pd.CategoricalIndex(["a", "b"]),
        pd.interval_range(0, 2, closed="left"), pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["x", None]),
        pd.Index([(1, 2), None], dtype=object, tupleize_cols=False), pd.Index([], dtype="M8[us]"),
    ]  # fmt: skip
    SCALARS = [
        pd.Timestamp("2026-01-02 03:04:05.123456789"), pd.Timestamp("2026-10-25 00:30", tz="UTC").tz_convert("Europe/Berlin"),
        pd.Timedelta("1h"), pd.Period("2026-01"), pd.Interval(0, 1, closed="both"), pd.NaT, pd.NA, pd.Int64Dtype(),
        pd.CategoricalDtype(["b", "a"], ordered=True), pd.StringDtype(), pd.DatetimeTZDtype("ns", "UTC"), pd.DataFrame,
    ]  # fmt: skip
    SPARSE = [
        getattr(sparse, f"{name}_{sort}")(np.array([[1, 0, 2, 0], [0, 0, 3.5, 0]]))
        for name in ("csr", "csc", "coo", "dia", "bsr", "lil", "dok")
        for sort in ("array", "matrix")
    ]
else:
    FRAMES, INDEXES, SCALARS, SPARSE = {}, [], [], []


@needs_pandas
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_comes_back_as_it_was(name):
    frame = FRAMES[name]
    back = over(frame)
    pd.testing.assert_frame_equal(back, frame)
    assert (back.dtypes.tolist(), back.attrs) == (frame.dtypes.tolist(), frame.attrs)


@needs_pandas
def test_what_comes_back_can_be_written_into():
    for name in FRAME:
        series = over(FRAME[name])
        series.iloc[0] = series.iloc[2]
        assert series.iloc[0] is series.iloc[2] or series.iloc[0] == series.iloc[2]


@needs_pandas
def test_a_series_comes_back_as_it_was():
    for name in FRAME:
        back = over(FRAME[name])
        pd.testing.assert_series_equal(back, FRAME[name])
        assert back.dtype == FRAME[name].dtype
    named = pd.Series([1], name=("a", 1)).set_flags(allows_duplicate_labels=False)
    assert (over(named).name, over(named).flags.allows_duplicate_labels) == (("a", 1), False)
    assert over(FRAME.dtypes).tolist() == FRAME.dtypes.tolist()


@needs_pandas
@pytest.mark.parametrize("index", INDEXES, ids=lambda index: f"{type(index).__name__}-{index.dtype}")
def test_an_index_comes_back_as_it_was(index):
    back = over(index)
    pd.testing.assert_index_equal(back, index, exact=True)
    assert type(back) is type(index)
    assert getattr(back, "freq", None) == getattr(index, "freq", None)


@needs_pandas
@pytest.mark.parametrize("value", SCALARS, ids=lambda value: type(value).__name__)
def test_a_scalar_of_pandas_comes_back_as_it_was(value):
    back = over(value)
    assert type(back) is type(value)
    assert repr(back) == repr(value)


@needs_pandas
@pytest.mark.parametrize("value", SPARSE, ids=lambda value: type(value).__name__)
def test_a_sparse_matrix_comes_back_as_it_was(value):
    back = over(value)
    assert type(back) is type(value)
    assert (back.toarray().tolist(), back.dtype) == (value.toarray().tolist(), value.dtype)


@needs_pandas
def test_a_frame_that_holds_an_object_is_none():
    for value in (pd.DataFrame({"x": [object()]}), pd.Series([1], index=[object()]), pd.Series({"a": print})):
        with pytest.raises(WireError, match="not plain"):
            over(value)


def _codes(codes, categories=("a", "b")):
    return (("categories", np.array(codes), pd.Index(categories), False), pd.RangeIndex(len(codes)), None, ({}, True))


def _column(*column):
    return (column, pd.RangeIndex(1), None, ({}, True))


def _hostile():
    whole, words = np.array([0], "i8"), (0, 1)
    texts = lambda ends: ("text", "python", *[False], b"ab", np.array(ends, "i8"), np.zeros(len(ends) - 1, bool))  # noqa: E731
    index = pd.Index([0, 1])
    return [
        ("pandas.Series", _codes([0, 5])), ("pandas.Series", _codes([-2])), ("pandas.Series", _codes([0], ["a", "a"])),
        ("pandas.Series", _codes([0.0])), ("pandas.Series", _column("categories", whole, [1], *[False])),
        ("pandas.Series", _column(*texts([0, 9]))), ("pandas.Series", _column(*texts([1, 2]))),
        ("pandas.Series", _column(*texts([0, 2, 1, 2]))), ("pandas.Series", _column(*texts([]) if False else ("text",))),
        ("pandas.Series", _column("integers", np.array([1]), np.array([False, True]))),
        ("pandas.Series", _column("integers", np.array([1.5]), np.array([False]))),
        ("pandas.Series", _column("times", whole, "years", None)), ("pandas.Series", _column("times", whole, "ns", "UTC")),
        ("pandas.Series", _column("periods", np.array([1 << 60]), "D")), ("pandas.Series", _column("periods", whole, "D;import")),
        ("pandas.Series", _column("intervals", ("plain", whole), ("plain", np.array([1, 2])), "left")),
        ("pandas.Series", _column("plain", np.zeros((1, 1)))), ("pandas.Series", _column("plain", np.zeros(5))),
        ("pandas.Series", _column("what", 1)), ("pandas.Series", (("plain", whole), [0], None, ({}, True))),
        ("pandas.Series", (("plain", whole), pd.RangeIndex(1), [], ({}, True))),
        ("pandas.DataFrame", ((("plain", whole),), pd.Index(["a", "b"]), pd.RangeIndex(1), ({}, True))),
        ("pandas.DataFrame", ((("plain", whole),), pd.Index(["a"]), pd.RangeIndex(7), ({}, True))),
        ("pandas.RangeIndex", (0, 1 << 40, 1, None)), ("pandas.RangeIndex", (0, 5, 0, None)), ("pandas.RangeIndex", (0.5, 5, 1, None)),
        ("pandas.MultiIndex", ((index,), (np.array([0, 7]),), (None,))), ("pandas.MultiIndex", ((index,), (np.array([-2]),), (None,))),
        ("pandas.MultiIndex", ((index, index), (np.array([0]), np.array([0, 1])), (None, None))), ("pandas.MultiIndex", ((), (), ())),
        ("pandas.DatetimeIndex", (("plain", whole), None, None)), ("pandas.DatetimeIndex", (("times", np.array([0, 5, 6]), "ns", None), None, "D")),
        ("pandas.Timestamp", (1 << 70, "ns", None)), ("pandas.Timestamp", (0, "Y", None)), ("pandas.Timestamp", (0, "ns", "x")),
        ("pandas.Period", (1 << 61, "D")), ("pandas.Interval", (2, 1, "left")), ("pandas.Interval", (0, 1, "up")),
        ("scipy.sparse.csr_array", ((2, 2), np.ones(1), np.array([9], "i4"), np.array([0, 1, 1], "i4"))),
        ("scipy.sparse.csr_array", ((2, 2), np.ones(1), np.array([-1], "i4"), np.array([0, 1, 1], "i4"))),
        ("scipy.sparse.csr_array", ((2, 2), np.ones(1), np.array([0], "i4"), np.array([0, 9, 1], "i4"))),
        ("scipy.sparse.csr_array", ((2, 2), np.ones(1), np.array([0], "i4"), np.array([0, 1], "i4"))),
        ("scipy.sparse.csr_array", ((2, 2), np.ones(3), np.array([0], "i4"), np.array([0, 1, 1], "i4"))),
        ("scipy.sparse.csr_array", ((1 << 40, 2), np.ones(1), np.array([0], "i4"), np.array([0, 1], "i4"))),
        ("scipy.sparse.csc_matrix", ((2, 1), np.ones(1), np.array([2], "i4"), np.array([0, 1], "i4"))),
        ("scipy.sparse.coo_array", ((2, 2), np.ones(1), np.array([5], "i4"), np.array([0], "i4"))),
        ("scipy.sparse.dia_array", ((2, 2), np.ones((1, 2)), np.array([7], "i4"))),
        ("scipy.sparse.dia_array", ((2, 2), np.ones((2, 2)), np.array([0, 0], "i4"))),
        ("scipy.sparse.bsr_array", ((3, 3), np.ones((1, 2, 2)), np.array([0], "i4"), np.array([0, 1], "i4"))),
        ("scipy.sparse.lil_matrix", (words, np.array([object()]) if False else "x", words, words)),
    ]  # fmt: skip


@needs_pandas
@pytest.mark.parametrize(
    ("tag", "parts"), _hostile() if pd is not None else [], ids=lambda each: str(each)[:50].replace("\n", " ")
)
def test_malformed_parts_of_a_frame_or_matrix_build_nothing(tag, parts):
    with pytest.raises(WireError):
        parts_of(tag, parts)


def test_nothing_is_one_thing_on_both_sides():
    assert over(np.ma.masked) is np.ma.masked
    assert over([np.ma.masked])[0] is np.ma.masked
