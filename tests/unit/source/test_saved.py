"""What a file says of its own outputs, bounded and apart."""

import base64
import json
import struct
import zlib

from tito.model.cell_output import MOST_TEXT, CellOutput
from tito.source import parse
from tito.source.saved import saved


def notebook(*outputs):
    cell = {"cell_type": "code", "metadata": {}, "source": "f()", "outputs": outputs}
    return parse(json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}), "x/w.ipynb", lenient=True)


def told(*outputs):
    return saved(notebook(*outputs)).get(("w.ipynb[cell 1]", 1))


def picture():
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_file_says_what_its_cells_printed_ended_in_raised_and_drew():
    png = base64.encodebytes(picture()).decode()
    assert told(
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "execute_result", "data": {"text/plain": "42", "text/html": "<b>42</b>"}},
        {"output_type": "display_data", "data": {"text/plain": "<Figure>", "image/png": png}},
        {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["x"]},
    ) == CellOutput("w.ipynb[cell 1]", 1, "a\nb", "42", "ValueError: no", (picture(),))


def test_odd_outputs_are_left_out_or_counted():
    assert told() is None
    assert told(7, {"output_type": 3}, {"output_type": "stream", "text": 7}, {"data": {"image/png": "x"}}) is None
    lies = [
        {"output_type": "display_data", "data": {"image/png": each}} for each in ("!", "aGk=", 7, "A" * (2 << 20))
    ]
    assert (told(*lies).pictures, told(*lies).left_out) == ((), 4)
    assert len(told({"output_type": "stream", "text": "x" * 10**6}).text) == MOST_TEXT
    assert saved(parse("f()", "w.py")) == {}
