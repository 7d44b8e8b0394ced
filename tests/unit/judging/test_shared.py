"""What is handed over is one object on both sides: handed back as itself, and written into for both."""

import collections
import enum
import io
import typing

import numpy as np
import pytest

from tito.judging.wire.codec import Decoder, WireError

SOURCE = """
import numpy as np
held = []
table = {"a": [1]}
array = np.zeros(2)
def same(x): return x
def copied(x): return x.copy()
def hold(x): held.append(x)
def write(x): held[-1].append(x)
def last(): return held[-1]
def length(x): return len(x)
def put(x, key): x[key] = 2
def push(x, item): x.append(item); return x
def add(key): table[key] = [2]
def look(): return table
def fill(x): x[:] = 7
def cell(board, row, column): board[row][column] = 9
def draw(rng): return rng.normal()
def shared(): return array
def change(): array[0] += 1
class Holder:
    def __init__(self): self.items = [1, 2]
    def count(self): return len(self.items)
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


@pytest.mark.parametrize(
    "value",
    [[1], {"a": 1}, {1}, np.ones(2), collections.deque([1]), bytearray(b"x"), np.random.default_rng(1), [[1], [2]]],
    ids=lambda value: type(value).__name__,
)
def test_an_argument_that_is_handed_back_is_itself(work, value):
    assert work.same(value) is value


class Row(list):
    def __iter__(self):
        raise AssertionError


class Table(dict):
    pass


class Tally(collections.Counter):
    pass


class Crowd(set):
    pass


class Bytes(bytearray):
    pass


class Grid(np.ndarray):
    pass


DERIVED = [Row([1]), Table(a=1), Tally("aab"), Crowd({1}), Bytes(b"x"), np.ones(2).view(Grid)]


@pytest.mark.parametrize("value", DERIVED, ids=lambda value: type(value).__name__)
def test_an_object_of_a_tests_class_that_derives_from_data_is_handed_back_as_itself(work, value):
    assert work.same(value) is value
    assert work.same([[2], value, [3]])[1:] == [value, [3]]
    assert work.same({"k": value, "l": [4]})["l"] == [4]


def test_what_is_written_into_one_is_written_into_the_tests_own(work):
    row, table, grid = Row([1]), Table(a=[1]), np.ones(2).view(Grid)
    assert work.push(row, 2) is row
    assert list.copy(row) == [1, 2]
    list.append(row, 3)
    assert work.length(row) == 3
    work.put(table, "b")
    assert (type(table), table) == (Table, {"a": [1], "b": 2})
    work.fill(grid)
    assert (type(grid), grid.tolist()) == (Grid, [7, 7])


class Name(str):
    pass


class Level(enum.IntEnum):
    LOW = 1


class Share(float):
    pass


class Pair(typing.NamedTuple):
    one: int
    other: int


@pytest.mark.parametrize("value", [Name("a"), Level.LOW, Share(0.5), Pair(1, 2)])
def test_text_numbers_and_tuples_of_a_tests_class_are_equal_when_they_come_back(work, value):
    assert work.same(value) == value
    assert work.same([value, [value]]) == [value, [value]]


@pytest.mark.parametrize("value", [[1], {"a": 1}, np.ones(2)], ids=lambda value: type(value).__name__)
def test_a_copy_is_not_the_same(work, value):
    assert work.copied(value) is not value


def test_a_part_is_the_same_part(work):
    inner = [1]
    assert work.same({"k": inner})["k"] is inner
    work.hold(inner)
    assert work.last() is inner


def test_an_object_of_the_subjects_is_one_object(work):
    assert work.look() is work.look()
    holder = work.Holder()
    assert holder.items is holder.items
    assert work.Holder().items is not holder.items


def test_a_write_is_seen_with_whichever_call_finds_it(work):
    items = [1]
    work.hold(items)
    work.write(2)
    assert items == [1, 2]
    items.append(3)
    work.write(4)
    assert items == [1, 2, 3, 4]


def test_what_the_test_writes_into_an_answer_the_subject_sees(work):
    holder = work.Holder()
    holder.items.append(3)
    assert holder.count() == 3
    found = work.look()
    work.add("z")
    assert found == {"a": [1], "z": [2]}


def test_arrays_are_shared_like_lists(work):
    found = work.shared()
    work.change()
    assert found.tolist() == [1, 0]
    found[1] = 5
    assert work.shared() is found
    assert work.shared().tolist() == [1, 5]


def test_a_view_writes_where_it_looks(work):
    whole = np.ones(4)
    work.fill(whole[1:3])
    assert whole.tolist() == [1, 7, 7, 1]


def test_rows_that_are_one_row_stay_one(work):
    board = [[0, 0]] * 2
    work.cell(board, 0, 1)
    assert board == [[0, 9], [0, 9]]


def test_a_generator_has_drawn_what_was_drawn(work):
    rng, other = np.random.default_rng(3), np.random.default_rng(3)
    assert work.draw(rng) == other.normal()
    assert rng.normal() == other.normal()


def test_files_in_memory_and_deques_are_written_into(work):
    queue, text = collections.deque([1]), io.StringIO("a\nb\n")
    assert work.push(queue, 2) is queue
    assert list(queue) == [1, 2]
    assert work.same(text) is text


def test_of_many_objects_the_last_ones_are_shared(work):
    many = [[number] for number in range(600)]
    for each in many:
        work.hold(each)
    work.write(7)
    assert many[-1] == [599, 7]
    assert many[0] == [0]


def test_what_one_test_handed_over_another_has_for_itself(work):
    items = [1]
    work.hold(items)
    work.begin(5)
    work.write(2)
    assert items == [1]


def test_what_cannot_be_handed_over_leaves_all_as_it_was(work):
    items = [1]
    work.hold(items)
    with pytest.raises(TypeError):
        work.same([[2], pytest])
    items.append(2)
    work.write(3)
    assert items == [1, 2, 3]


FORGED = """
import sys
agent = sys.modules["tito.judging.subject.server"].Subject
def f(x):
    shared = sys._getframe(1).f_locals["self"]._handles.shared
    shared.changes = lambda encoder: [{told}]
    return 1
"""


@pytest.mark.parametrize(
    "told",
    ["[5, {'l': []}]", "[-9, {'l': []}]", "[1, {'d': []}]", "[1, 3]", "['x', {'l': []}]", "[1, {'=': 1}]", "[1]"],
)
def test_a_write_that_no_honest_subject_tells_is_refused(subject, told):
    from tito.judging.judge.faults import SubjectFault
    from tito.model.outcome import Status

    f = subject(FORGED.format(told=told)).find("work", "f")
    with pytest.raises(SubjectFault) as caught:
        f([1])
    assert caught.value.status is Status.CONTRACT


def test_a_write_of_another_shape_is_refused(subject):
    from tito.judging.judge.faults import SubjectFault

    told = "[1, {'a': ['<f8', [3], [0, 0]]}]"
    f = subject(FORGED.format(told=told)).find("work", "f")
    with pytest.raises(SubjectFault, match="protocol"):
        f(np.zeros(2))


LOCKED = """
import numpy as np
class Board:
    def __init__(self):
        self.kept = np.zeros(3)
        self.cells = self.kept.view()
        self.cells.flags.writeable = False
    def mark(self, at):
        self.kept[at] = 1
    def open(self):
        self.cells.flags.writeable = True
def double(x):
    x *= 2
    return x
"""


def test_an_array_that_may_not_be_written_into_arrives_so_and_follows_what_it_shows(subject):
    board = subject(LOCKED).find("work", "Board")()
    cells = board.cells
    with pytest.raises(ValueError, match="read-only"):
        cells[0] = 5
    board.mark(1)
    assert cells.tolist() == [0, 1, 0]
    board.open()
    cells[2] = 7
    assert board.kept.tolist() == [0, 1, 7]


def test_an_array_that_a_test_locks_is_locked_for_the_submission_too(subject):
    double = subject(LOCKED).find("work", "double")
    mine = np.ones(2)
    assert double(mine).tolist() == [2, 2]
    mine.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        double(mine)
    mine.flags.writeable = True
    assert double(mine).tolist() == [4, 4] == mine.tolist()


def test_what_a_test_writes_into_without_holding_it_is_written(subject):
    session = subject("class One: pass\nkept = [1, One()]\ndef count(): return len(kept)\ndef look(): return kept")
    session.find("work", "kept").append(3)
    assert session.find("work", "count")() == 3
    session.find("work", "look")().append([])
    session.find("work", "kept")[3].append(5)
    assert session.find("work", "kept")[3] == [5]
    session.find("work", "kept").clear()
    assert session.find("work", "count")() == 0


@pytest.mark.parametrize(
    ("write", "read", "due"),
    [
        (lambda find: find("settings").update(hard=False), "points", 1),
        (lambda find: find("board")[0].__setitem__(0, 5), "corner", 5),
        (lambda find: find("box").items.append(1), "held", 1),
        (lambda find: find("box").cells.__setitem__(0, 7), "cell", 7),
    ],
)
def test_what_a_test_writes_last_is_there_for_the_next_one(subject, write, read, due):
    session = subject(
        """
        import numpy as np
        settings = {"hard": True}
        board = [[0, 0]]
        class Box:
            def __init__(self): self.items, self.cells = [], np.zeros(2)
        box = Box()
        def points(): return 2 if settings["hard"] else 1
        def corner(): return board[0][0]
        def held(): return len(box.items)
        def cell(): return box.cells[0]
        """
    )
    session.start(1)
    assert session.find("work", read)() != due
    write(lambda name: session.find("work", name))
    session.start(1)
    assert session.find("work", read)() == due


VIEWS = """
import numpy as np
def inner(a): return a[1:-1]
def turned(a): return a.T[::-1]
def add(a, part): part += 10; return a
def copied(a): return a[1:-1].copy()
class Board:
    def __init__(self): self.cells = np.zeros((3, 3))
    def row(self, n): return self.cells[n]
    def column(self, n): return self.cells[:, n]
    def first(self): return int(self.cells[0, 2])
"""


def test_a_view_of_a_test_s_array_shows_it(subject):
    session = subject(VIEWS)
    a = np.zeros(5)
    part = session.find("work", "inner")(a)
    part[:] = 9
    assert a.tolist() == [0, 9, 9, 9, 0]
    a[1] = 4
    assert part[0] == 4
    assert np.shares_memory(a, part)
    assert not np.shares_memory(a, session.find("work", "copied")(a))
    square = np.arange(6.0).reshape(2, 3)
    turned = session.find("work", "turned")(square)
    assert turned.strides == square.T[::-1].strides
    turned[0, 0] = -1
    assert square[0, 2] == -1


def test_a_view_that_is_handed_over_with_its_array_shows_it(subject):
    add = subject(VIEWS).find("work", "add")
    turned = np.arange(6).reshape(2, 3).T
    assert add(turned, turned[1]) is turned
    a = np.arange(6).reshape(2, 3)
    assert add(a, a[1]) is a
    assert a.tolist() == [[0, 1, 2], [13, 14, 15]]
    add(a, a[:, ::-2])
    assert a.tolist() == [[10, 1, 12], [23, 14, 25]]


def test_a_row_of_an_array_that_an_object_has_shows_it(subject):
    board = subject(VIEWS).find("work", "Board")()
    cells = board.cells
    row = board.row(1)
    row[2] = 5
    assert cells[1].tolist() == [0, 0, 5]
    assert board.cells[1, 2] == 5
    assert board.row(1)[2] == 5


def test_views_of_an_array_that_the_test_has_not_seen_are_written_through(subject):
    session = subject(VIEWS)
    board = session.find("work", "Board")()
    board.row(1)[2] = 5
    column = board.column(2)
    assert column.tolist() == [0, 5, 0]
    column[0] = 4
    assert board.first() == 4
    for number in range(20):
        board.row(number % 3)
    assert len(session._shared.objects) <= 10


@pytest.mark.parametrize(
    "body",
    [
        [1, 8, [8], 2], [1, -8, [8], 1], [1, 0, [8, 8], 2], [1, 0, [8], 3], [1, 0, [8.0], 2], [1, 8, [-8], 3], [1, 0, [16], 2],
        [2, 0, [8], 1], [4, 0, [8], 1], [1, 0, [8], 0], [1, "0", [8], 1], [1, 0, 8, 1], [1, 1 << 70, [8], 1], [1, 0, [], 1],
    ],
)  # fmt: skip
def test_a_view_of_what_is_not_there_is_refused(body):
    *place, size = body
    decoder = Decoder(bytes(8 * size), lambda *_: None, known={1: np.zeros(2), 2: [1]})
    with pytest.raises(WireError):
        decoder.decode({"A": [*place, {"a": ["<f8", [size], [0, 8 * size]]}]})
