"""The wire: what goes over comes back, and nothing else is believed."""

import io
import json
import struct

import numpy as np
import pytest

from tito.judging.wire import codec as wire
from tito.judging.wire.codec import Decoder, Encoder, WireError, pack, unpack


def refuse(*_):
    raise WireError("not plain")


def over(value):
    encoder = Encoder(refuse)
    tree, blob = unpack(io.BytesIO(pack(encoder.encode(value), encoder.blob)))
    return Decoder(blob, refuse).decode(tree)


def frame(tree, blob=b""):
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return io.BytesIO(struct.pack(">II", len(text), len(blob)) + text + blob)


def decoded(node, blob=b""):
    return Decoder(blob, refuse).decode(node)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -(2**63), 2**64, 2**5000, 1.5, -0.0, float("inf"), 1e-300, 2 + 3j,
        "", "é\ud800\x00", b"\x00\xff", [], [1, [2, (3,)]], (), {"a": {1: None}}, {(1, 2): 3}, {1, 2},
        frozenset({"a"}), slice(1, None, -1), range(3, 9, 2),
        Ellipsis, NotImplemented, np.dtype("f4"), float, np.float32,
    ],
)  # fmt: skip
def test_plain_data_comes_back_as_it_was(value):
    back = over(value)
    assert back == value
    assert type(back) is type(value)


def test_nan_comes_back_as_nan():
    assert np.isnan(over(float("nan")))


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", "f2", "f4", "f8", "c8", "c16", "S3", "U4", ">f8"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3)])
def test_arrays_come_back_with_dtype_and_shape(dtype, shape):
    array = np.zeros(shape, dtype)
    back = over(array)
    assert back.dtype == array.dtype
    assert back.shape == shape
    assert back.tobytes() == array.tobytes()


@pytest.mark.parametrize("scalar", [np.float32(1.5), np.int8(-3), np.bool_(1), np.complex64(1j)])
def test_numpy_scalars_keep_their_type(scalar):
    assert type(over(scalar)) is type(scalar)
    assert over(scalar) == scalar


def test_received_arrays_can_be_written_like_any_other():
    array = over(np.zeros(2))
    array[0] = 1
    assert array.tolist() == [1, 0]


class Sly(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Liar(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)


@pytest.mark.parametrize(
    "value", [object(), np.array([object()]), Sly("a"), np.zeros(2).view(Liar), iter([]), np, print, [object()]]
)
def test_what_is_not_plain_is_left_to_the_handles(value):
    with pytest.raises(WireError, match="not plain"):
        Encoder(refuse).encode(value)


def test_a_list_in_itself_comes_back_as_one():
    value = [1]
    value.append(value)
    back = over(value)
    assert back[1] is back


def test_one_list_in_two_places_is_one_list():
    row = [0]
    back = over([row, (row,)])
    assert back[0] is back[1][0]


def test_mutables_stand_in_the_same_order_on_both_sides():
    value = [np.zeros(1), {"k": [1]}, ({2},)]
    encoder = Encoder(refuse)
    node = encoder.encode(value)
    decoder = Decoder(bytes(encoder.blob), refuse)
    decoder.decode(node)
    assert [type(each) for each in decoder.mutables] == [type(each) for each in encoder.mutables]


HOSTILE = {
    "not JSON": b"{",
    "NaN": b"NaN",
    "deep JSON": b"[" * 100_000,
    "a huge number": b"1" * 10_000,
    "not UTF-8": b"\xff\xfe",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_frame_that_is_not_json_is_refused(text):
    with pytest.raises(WireError):
        unpack(frame(text))


def test_a_frame_that_claims_too_much_is_refused_before_it_is_read():
    with pytest.raises(WireError, match="too large"):
        unpack(io.BytesIO(struct.pack(">II", wire.MAX_JSON + 1, 0)))


NODES = {
    "bare list": [1],
    "two tags": {"l": [], "t": []},
    "no tag": {},
    "unknown tag": {"?": 1},
    "list of no list": {"l": 3},
    "odd dict": {"d": [1]},
    "unhashable key": {"d": [{"l": []}, 1]},
    "set of lists": {"s": [{"l": []}]},
    "buffer outside": {"b": [0, 5]},
    "negative buffer": {"b": [-1, 1]},
    "buffer of floats": {"b": [0.0, 1]},
    "buffer of bools": {"b": [False, True]},
    "array too short": {"a": ["<f8", [9], [0, 4]]},
    "array of objects": {"a": ["|O", [1], [0, 4]]},
    "array of records": {"a": ["i4,f4", [1], [0, 4]]},
    "array of voids": {"a": ["|V4", [1], [0, 4]]},
    "array of sub-arrays": {"a": ["(2,)i2", [1], [0, 4]]},
    "array of dates": {"a": ["<M8[s]", [1], [0, 4]]},
    "negative shape": {"a": ["<f4", [-1], [0, 4]]},
    "shape of bools": {"a": ["<f4", [True], [0, 4]]},
    "rank too high": {"a": ["<f4", [1] * 40, [0, 4]]},
    "huge shape of nothing": {"a": ["<U0", [2**70], [0, 0]]},
    "scalar of objects": {"n": ["|O", [0, 4]]},
    "scalar too short": {"n": ["<f8", [0, 4]]},
    "bad float": {"f": "1e5"},
    "bad big int": {"i": "import os"},
    "huge big int": {"i": "f" * (1 << 20)},
    "bad complex": {"c": ["a", "b"]},
    "bad slice": {"e": [1, 2]},
    "zero step": {"r": [0, 1, 0]},
    "long range": {"r": [0, 10**9, 1]},
    "endless range": {"r": [0, 2**62, 1]},
    "bad type": {"k": "os.system"},
    "bad singleton": {"o": "Exception"},
    "too deep": {"l": [[]]},
    "too wide": {"l": [None] * (wire.MAX_ITEMS + 1)},
    "colliding keys": {"s": [each * (2**61 - 1) for each in range(2 * wire.MAX_HASHED + 2)]},
    "colliding keys in parts": {"l": [{"s": list(range(wire.MAX_HASHED))}] * 5},
}


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_a_malformed_node_is_refused(node):
    with pytest.raises(WireError):
        decoded(node, b"\x00" * 4)


def test_nesting_has_a_limit():
    node = None
    for _ in range(wire.MAX_DEPTH + 2):
        node = {"l": [node]}
    with pytest.raises(WireError, match="too deep"):
        decoded(node)
