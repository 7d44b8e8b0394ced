"""Files of strangers are read by confined processes, which answer within bounds or not at all."""

import struct

import pytest

from tito.collection.choosing import Found
from tito.collection.folders import find
from tito.collection.layout import Layout
from tito.sandbox.levels import LAYERS, Level
from tito.workflows.grading.reader import LONGEST, MOST, SIZE, size_of, unpacked
from tito.workflows.grading.similar import _Readers
from tito.workflows.machine.sandbox import best

CODE = "# %%\ndef f(a, b):\n    total = sum(a) + max(b) - min(a) * len(b)\n    return total / len(a)\n"


def answers(tmp_path, **files):
    for name, content in files.items():
        (tmp_path / f"{name}.py").write_bytes(content)
    found = find([tmp_path], Layout("02_m", "m_dev"))
    with _Readers(frozenset(), LAYERS[best()], 2) as readers:
        return dict(zip([each.student for each in found], readers.read(found), strict=True))


def test_each_file_is_read_and_one_that_cannot_be_costs_the_others_nothing(tmp_path):
    told = answers(tmp_path, ann=CODE.encode(), bob=b"\xff\xfe\x00", cy=b"x" * (2 << 20), dan=CODE.encode())
    assert told["ann"] == told["dan"]
    assert told["ann"][1].startswith("def f(a, b):")
    assert told["ann"][0]
    assert told["bob"] == ([], "")
    assert told["cy"] == "larger than 1 MiB"


def test_a_reader_that_chokes_is_started_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("tito.workflows.grading.similar._SECONDS", 0.0)
    with _Readers(frozenset(), LAYERS[Level.NONE], 1) as readers:
        (tmp_path / "ann.py").write_text(CODE)
        found = find([tmp_path], Layout("02_m", "m_dev"))
        assert list(readers.read(found)) == ["it could not be read within its limits"]
        monkeypatch.setattr("tito.workflows.grading.similar._SECONDS", 20.0)
        ((_, text),) = readers.read(found)
        assert text.startswith("def f")
        assert list(readers.read([Found("bob", "b.py", refusal="a link")])) == ["a link"]


@pytest.mark.parametrize("head", [(MOST + 1, 0), (0, 4 * LONGEST + 1)])
def test_an_answer_that_is_too_long_is_not_read(head):
    with pytest.raises(ValueError, match="too long"):
        size_of(SIZE.pack(*head))


@pytest.mark.parametrize("lines", [(0, 1), (2, 1), (1, 3)])
def test_a_passage_outside_of_its_text_is_refused(lines):
    body = struct.pack("<QII", 1, *lines) + b"a\nb"
    with pytest.raises(ValueError, match="outside"):
        unpacked(SIZE.pack(1, 3), body)
