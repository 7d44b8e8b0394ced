"""The decoder is total: whatever arrives, it gives a value or a WireError."""

import contextlib
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tito.judging.wire.codec import Decoder, Encoder, WireError, pack, unpack

TAGS = st.sampled_from([*list("anltdszbficeryokhq"), "", "__class__"])
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6)
)
TREES = st.recursive(
    LEAVES | st.sampled_from(["<f4", "|O", "<U4", "nan", "numpy.float32"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TAGS, inner, max_size=2),
    max_leaves=20,
)
PLAIN = st.recursive(
    LEAVES | st.binary(max_size=8) | st.complex_numbers() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)


def refuse(*_):
    raise WireError


@settings(deadline=None, max_examples=300)
@given(TREES, st.binary(max_size=16))
def test_any_tree_is_a_value_or_a_wire_error(tree, blob):
    with contextlib.suppress(WireError):
        Decoder(blob, refuse).decode(tree)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=64))
def test_any_bytes_are_a_frame_or_a_wire_error(content):
    class Reader(io.BytesIO):
        def read(self, size):
            part = super().read(size)
            if len(part) < size:
                raise EOFError
            return part

    with contextlib.suppress(WireError, EOFError):
        unpack(Reader(content))


@settings(deadline=None, max_examples=200)
@given(PLAIN)
def test_plain_values_come_back(value):
    encoder = Encoder(refuse)
    tree, blob = unpack(io.BytesIO(pack(encoder.encode(value), encoder.blob)))
    assert repr(Decoder(blob, refuse).decode(tree)) == repr(value)


@settings(deadline=None, max_examples=100)
@given(
    hnp.arrays(hnp.scalar_dtypes() | hnp.unicode_string_dtypes(max_len=4), hnp.array_shapes(min_dims=0, min_side=0))
)
def test_arrays_come_back_or_are_not_plain(array):
    encoder = Encoder(refuse)
    try:
        node = encoder.encode(array)
    except WireError:
        assert array.dtype.kind not in "biufcSU"
        return
    back = Decoder(bytes(encoder.blob), refuse).decode(node)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)
