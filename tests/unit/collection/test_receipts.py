"""Receipts of packed work, and remarks on how a file is written."""

import json

import pytest

from tito.collection.receipts import Receipt, read_receipt
from tito.collection.remarks import remarks
from tito.source import parse

OWN = Receipt("02_m", "m_dev.py", "d1", "2026-03-01T10:00:00+00:00", "3 of 5")


def test_a_receipt_reads_back_and_tells_its_own_file_from_another():
    assert read_receipt(OWN.text().encode()) == OWN
    assert OWN.told("d1") == "receipt of 2026-03-01T10:00:00+00:00: this very file, 3 of 5 public points then"
    assert OWN.told("d2") == "its receipt of 2026-03-01T10:00:00+00:00 is for another file"


def changed(**fields):
    return json.dumps({**json.loads(OWN.text()), **fields}).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"[" * 3_000, changed(receipt=2), changed(module=2), changed(file="x" * 101), changed(at=None), changed(more="x" * 4_096)],
)  # fmt: skip
def test_what_is_no_receipt_is_none(content):
    assert read_receipt(content) is None


def test_a_receipt_may_be_as_long_as_it_may_and_is_safe_to_show():
    text = changed(file="x" * 100)
    assert read_receipt(text + b" " * (4_096 - len(text))).file == "x" * 100
    assert read_receipt(text + b" " * (4_097 - len(text))) is None
    assert read_receipt(changed(file="\x1b[2J")).file == "\\x1b[2J"


MARKED = "x = 1\n<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n"


def told(text, encoding="utf-8"):
    content = text.encode(encoding)
    return remarks(content, parse(content, "w.py", lenient=True))


def test_conflict_markers_are_told_with_their_line():
    assert told(MARKED) == ("git's conflict markers from line 2 on: that cell cannot run",)
    assert told(MARKED.removeprefix("x = 1\n")) == ("git's conflict markers from line 1 on: that cell cannot run",)
    assert told("x = '''\n<<<<<<< a\n'''\n") == ()


def test_another_encoding_and_an_empty_file_are_told():
    assert told("# -*- coding: latin-1 -*-\nx = 'ü'\n", "latin-1") == (
        "read as iso-8859-1, as its first lines declare",
    )
    assert told("x = 'ü'\n") == ()
    assert told("") == ("it is empty",)
