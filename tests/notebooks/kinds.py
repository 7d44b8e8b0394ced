# Kinds of tests: each is `# %% NAME`, the student's code, a line of dashes, and the test cell as it stands in a lesson.

# %% send
def running_mean():
    total, count, mean = 0, 0, None
    while True:
        total += yield mean
        count += 1
        mean = total / count


# ---
def test_send():
    g = running_mean()
    assert next(g) is None
    assert [g.send(n) for n in (2, 4, 9)] == [2, 3, 5]
    g.close()


# %% async_generator
async def ticks(n):
    for i in range(n):
        yield i


# ---
import asyncio


def test_async_generator():
    async def collect():
        return [i async for i in ticks(3)]

    assert asyncio.run(collect()) == [0, 1, 2]


# %% getitem_slice
class Tape:
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, at):
        return Tape(*self.items[at]) if isinstance(at, slice) else self.items[at]

    def __len__(self):
        return len(self.items)

    def __reversed__(self):
        return iter(self.items[::-1])


# ---
def test_getitem_slice():
    tape = Tape(1, 2, 3, 4)
    assert tape[-1] == 4 and list(tape[1:3]) == [2, 3]
    assert list(reversed(tape)) == [4, 3, 2, 1]
    assert isinstance(tape[:2], Tape) and len(tape[::2]) == 2


# %% digest
import hashlib


def fingerprint(data):
    return hashlib.sha256(data)


# ---
def test_digest():
    assert fingerprint(b"abc").hexdigest().startswith("ba7816bf")
    assert fingerprint(b"").digest_size == 32


# %% cmp_to_key
import functools


def by_length(a, b):
    return len(a) - len(b)


ordering = functools.cmp_to_key(by_length)


# ---
def test_cmp_to_key():
    assert sorted(["ccc", "a", "bb"], key=ordering) == ["a", "bb", "ccc"]


# %% vectorize
import numpy as np

step = np.vectorize(lambda x: 1 if x > 0 else 0)
# ---
import numpy as np


def test_vectorize():
    assert step(np.array([-1, 2])).tolist() == [0, 1]


# %% poly1d
import numpy as np


def quadratic(a, b, c):
    return np.poly1d([a, b, c])


# ---
def test_poly1d():
    p = quadratic(1, -3, 2)
    assert p(0) == 2 and sorted(p.roots) == [1, 2]
    assert p.order == 2


# %% csv_writer
import csv


def write_rows(file, rows):
    csv.writer(file).writerows(rows)


# ---
import io


def test_csv_writer():
    out = io.StringIO()
    write_rows(out, [[1, "a,b"], [2, "c"]])
    assert out.getvalue() == '1,"a,b"\r\n2,c\r\n'


# %% open_file_handed_over
def longest_line(file):
    return max((line.rstrip("\n") for line in file), key=len)


# ---
def test_open_file_handed_over(tmp_path):
    path = tmp_path / "poem.txt"
    path.write_text("one\nthree\ntwo\n")
    with open(path) as file:
        assert longest_line(file) == "three"


# %% open_file_given_back
import io


def as_file(text):
    return io.StringIO(text)


# ---
def test_open_file_given_back():
    file = as_file("a\nb\n")
    assert file.readline() == "a\n"
    assert file.read() == "b\n" and file.read() == ""


# %% argparse
import argparse


def parse(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--times", type=int, default=1)
    return parser.parse_args(words)


# ---
import pytest


def test_argparse():
    told = parse(["ada", "--times", "3"])
    assert told.name == "ada" and told.times == 3
    assert vars(parse(["bo"])) == {"name": "bo", "times": 1}
    with pytest.raises(SystemExit):
        parse([])


# %% struct
import struct


def packed(n):
    return struct.pack(">Ih", n, -1)


# ---
import struct


def test_struct():
    assert packed(258) == b"\x00\x00\x01\x02\xff\xff"
    assert struct.unpack(">Ih", packed(7)) == (7, -1)


# %% zoneinfo
from datetime import datetime
from zoneinfo import ZoneInfo


def in_rome(moment):
    return moment.astimezone(ZoneInfo("Europe/Rome"))


# ---
from datetime import datetime, timezone


def test_zoneinfo():
    found = in_rome(datetime(2024, 7, 1, 12, tzinfo=timezone.utc))
    assert found.hour == 14 and found == datetime(2024, 7, 1, 12, tzinfo=timezone.utc)
    assert str(found.tzinfo) == "Europe/Rome"


# %% heap_in_place
import heapq


def push_all(heap, items):
    for item in items:
        heapq.heappush(heap, item)


# ---
import heapq


def test_heap_in_place():
    heap = []
    push_all(heap, [5, 1, 4])
    assert heap[0] == 1
    assert [heapq.heappop(heap) for _ in range(3)] == [1, 4, 5]


# %% array_module
from array import array


def samples():
    return array("h", [1, 2, 3])


# ---
def test_array_module():
    assert samples().tolist() == [1, 2, 3]
    assert samples()[1] == 2 and len(samples()) == 3 and samples().typecode == "h"


# %% chain_map
from collections import ChainMap


def settings(own):
    return ChainMap(own, {"colour": "red", "size": 3})


# ---
def test_chain_map():
    found = settings({"size": 5})
    assert found["size"] == 5 and found["colour"] == "red"
    assert dict(found) == {"size": 5, "colour": "red"}


# %% infinite
from itertools import count


def odd_numbers():
    return (n for n in count(1, 2))


# ---
from itertools import islice


def test_infinite():
    assert list(islice(odd_numbers(), 4)) == [1, 3, 5, 7]
    assert next(n for n in odd_numbers() if n > 100) == 101


# %% normal_dist
from statistics import NormalDist


def fitted(data):
    return NormalDist.from_samples(data)


# ---
def test_normal_dist():
    found = fitted([1.0, 2.0, 3.0])
    assert found.mean == 2 and found.stdev == 1
    assert abs(found.cdf(2) - 0.5) < 1e-9


# %% template
from string import Template

letter = Template("Dear $name, you owe $$${sum}.")


# ---
def test_template():
    assert letter.substitute(name="Bo", sum=3) == "Dear Bo, you owe $3."


# %% descriptor
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, kind=None):
        return self if obj is None else getattr(obj, self.name)

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(obj, self.name, value)


class Box:
    width = Positive()

    def __init__(self, width):
        self.width = width


# ---
import pytest


def test_descriptor():
    box = Box(3)
    box.width = 4
    assert box.width == 4
    with pytest.raises(ValueError, match="width must"):
        box.width = 0
    with pytest.raises(ValueError):
        Box(-1)


# %% registry
class Plugin:
    known = {}

    def __init_subclass__(cls, **named):
        super().__init_subclass__(**named)
        Plugin.known[cls.__name__.lower()] = cls


# ---
def test_registry():
    class Json(Plugin):
        pass

    assert list(Plugin.known) == ["json"]


# %% protocol
from typing import Protocol, runtime_checkable


@runtime_checkable
class Quacks(Protocol):
    def quack(self): ...


class Duck:
    def quack(self):
        return "quack"


# ---
def test_protocol():
    assert isinstance(Duck(), Quacks)
    assert not isinstance(3, Quacks)


# %% generic_class
from typing import Generic, TypeVar

T = TypeVar("T")


class Pile(Generic[T]):
    def __init__(self):
        self.items: list[T] = []

    def put(self, item: T) -> None:
        self.items.append(item)


# ---
def test_generic_class():
    pile = Pile[int]()
    pile.put(3)
    assert pile.items == [3] and isinstance(pile, Pile)


# %% match_statement
from dataclasses import dataclass


@dataclass
class Spot:
    x: int
    y: int


def mirrored(spot):
    return Spot(-spot.x, spot.y)


# ---
def test_match_statement():
    match mirrored(Spot(1, 2)):
        case Spot(x=-1, y=y):
            assert y == 2
        case _:
            raise AssertionError("no match")
    match Spot(5, 6):
        case Spot(a, b):
            assert (a, b) == (5, 6)


# %% star_unpacking
def head_and_tail(text):
    return iter(text.split())


# ---
def test_star_unpacking():
    first, *rest = head_and_tail("a b c")
    assert first == "a" and rest == ["b", "c"]
    assert [*head_and_tail("x y"), 1] == ["x", "y", 1]
    assert max(*head_and_tail("p q")) == "q"


# %% exception_group
def all_checked(values):
    faults = [ValueError(f"{v} is negative") for v in values if v < 0]
    if faults:
        raise ExceptionGroup("bad values", faults)


# ---
def test_exception_group():
    try:
        all_checked([1, -2, -3])
    except* ValueError as group:
        assert [str(each) for each in group.exceptions] == ["-2 is negative", "-3 is negative"]
    else:
        raise AssertionError("nothing raised")


# %% exit_stack
from contextlib import contextmanager


@contextmanager
def tagged(tag, out):
    out.append(f"<{tag}>")
    yield tag
    out.append(f"</{tag}>")


# ---
from contextlib import ExitStack


def test_exit_stack():
    out = []
    with ExitStack() as stack:
        assert [stack.enter_context(tagged(tag, out)) for tag in "ab"] == ["a", "b"]
    assert out == ["<a>", "<b>", "</b>", "</a>"]


# %% parametrized
def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# ---
import pytest


@pytest.mark.parametrize(("year", "want"), [(2000, True), (1900, False), (2024, True), (2023, False)])
def test_parametrized(year, want):
    assert leap(year) is want


# %% test_class
class Lamp:
    on = False

    def toggle(self):
        self.on = not self.on


# ---
class TestLamp:
    def setup_method(self):
        self.lamp = Lamp()

    def test_off(self):
        assert self.lamp.on is False

    def test_toggle(self):
        self.lamp.toggle()
        assert self.lamp.on


# %% own_fixture
class Purse:
    def __init__(self):
        self.coins = []

    def put(self, coin):
        self.coins.append(coin)
        return sum(self.coins)


# ---
import pytest


@pytest.fixture
def purse():
    made = Purse()
    made.put(5)
    yield made
    assert made.coins


def test_own_fixture(purse):
    assert purse.put(2) == 7


# %% unittest_class
def reverse_words(text):
    return " ".join(reversed(text.split()))


# ---
import unittest


class TestReverse(unittest.TestCase):
    def test_two(self):
        self.assertEqual(reverse_words("a b"), "b a")
        self.assertNotIn("  ", reverse_words("a   b"))
        with self.assertRaises(AttributeError):
            reverse_words(3)


# %% patch_object
class Weather:
    def fetch(self):
        raise OSError("no network")

    def report(self):
        return f"It is {self.fetch()} degrees"


# ---
from unittest.mock import patch


def test_patch_object():
    with patch.object(Weather, "fetch", return_value=21) as fetch:
        assert Weather().report() == "It is 21 degrees"
    fetch.assert_called_once()


# %% setitem
CONFIG = {"unit": "km"}


def label(n):
    return f"{n} {CONFIG['unit']}"


# ---
def test_setitem(monkeypatch):
    assert label(1) == "1 km"
    monkeypatch.setitem(CONFIG, "unit", "mi")
    assert label(1) == "1 mi"


# %% argv
import sys


def greeting():
    return "Hello " + " ".join(sys.argv[1:])


# ---
import sys


def test_argv(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["prog", "Ada", "L."])
    assert greeting() == "Hello Ada L."


# %% list_folder
import os


def python_files(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith(".py"))


# ---
def test_list_folder(tmp_path):
    for name in ("b.py", "a.py", "c.txt"):
        (tmp_path / name).touch()
    assert python_files(tmp_path) == ["a.py", "b.py"]
    assert python_files(str(tmp_path)) == ["a.py", "b.py"]


# %% database_file
import sqlite3


def store(path, names):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE people (name TEXT)")
        db.executemany("INSERT INTO people VALUES (?)", [(name,) for name in names])


# ---
import sqlite3


def test_database_file(tmp_path):
    store(tmp_path / "people.db", ["Ada", "Bo"])
    with sqlite3.connect(tmp_path / "people.db") as db:
        assert db.execute("SELECT COUNT(*) FROM people").fetchone() == (2,)


# %% numpy_file
import numpy as np


def save_square(path, n):
    np.save(path, np.arange(n) ** 2)


# ---
import numpy as np


def test_numpy_file(tmp_path):
    save_square(tmp_path / "squares.npy", 4)
    assert np.load(tmp_path / "squares.npy").tolist() == [0, 1, 4, 9]


# %% stderr
import sys


def complain(text):
    print("error:", text, file=sys.stderr)


# ---
def test_stderr(capsys):
    complain("no")
    said = capsys.readouterr()
    assert "error: no\n" in said.err + said.out


# %% class_counter
class Dog:
    count = 0

    def __init__(self):
        Dog.count += 1


# ---
def test_class_counter():
    Dog.count = 0
    dogs = [Dog(), Dog()]
    assert Dog.count == 2 and dogs[0].count == 2


# %% set_attributes
class Empty:
    pass


# ---
def test_set_attributes():
    e = Empty()
    e.colour = "red"
    setattr(e, "size", [1])
    assert e.colour == "red" and hasattr(e, "size") and e.__dict__ == {"colour": "red", "size": [1]}
    del e.colour
    assert not hasattr(e, "colour")
    e.size.append(2)
    assert e.size == [1, 2]


# %% list_of_objects
class Pupil:
    def __init__(self, name, grade):
        self.name, self.grade = name, grade

    def __eq__(self, other):
        return self.name == other.name


def pupils():
    return [Pupil("Cy", 2), Pupil("Al", 5), Pupil("Bo", 3)]


# ---
from operator import attrgetter


def test_list_of_objects():
    found = pupils()
    assert [each.name for each in sorted(found, key=attrgetter("grade"))] == ["Cy", "Bo", "Al"]
    assert found.index(Pupil("Bo", 0)) == 2 and Pupil("Al", 9) in found
    assert {each.name: each for each in found}["Al"].grade == 5


# %% inner_class
class Outer:
    class Inner:
        value = 7

        def double(self):
            return self.value * 2

    def make(self):
        return self.Inner()


# ---
def test_inner_class():
    assert Outer.Inner.value == 7 and Outer.Inner().double() == 14
    assert isinstance(Outer().make(), Outer.Inner)
    assert Outer.Inner.__qualname__.endswith("Inner")


# %% mro
class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B", *super().who()]


class C(A):
    def who(self):
        return ["C", *super().who()]


class D(B, C):
    def who(self):
        return ["D", *super().who()]


# ---
def test_mro():
    assert [kind.__name__ for kind in D.__mro__] == ["D", "B", "C", "A", "object"]
    assert D().who() == ["D", "B", "C", "A"]
    assert issubclass(D, C) and D.mro()[1] is B


# %% errstate
import numpy as np


def ratio(a, b):
    return np.array(a, dtype=float) / np.array(b, dtype=float)


# ---
import numpy as np
import pytest


def test_errstate():
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        ratio([1], [0])


# %% decimal_context
from decimal import Decimal


def third():
    return Decimal(1) / Decimal(3)


# ---
from decimal import localcontext


def test_decimal_context():
    with localcontext() as context:
        context.prec = 4
        assert str(third()) == "0.3333"


# %% queue_handed_over
def produce(queue, n):
    for i in range(n):
        queue.put(i)


# ---
from queue import Queue


def test_queue_handed_over():
    queue = Queue()
    produce(queue, 3)
    assert queue.qsize() == 3 and [queue.get() for _ in range(3)] == [0, 1, 2]


# %% pattern_handed_over
def count_matches(pattern, text):
    return len(pattern.findall(text))


# ---
import re


def test_pattern_handed_over():
    assert count_matches(re.compile(r"\d+"), "1 22 a 3") == 3


# %% namespace_handed_over
def full_name(person):
    return f"{person.first} {person.last}"


# ---
from types import SimpleNamespace


def test_namespace_handed_over():
    assert full_name(SimpleNamespace(first="Ada", last="Byron")) == "Ada Byron"


# %% iterators_handed_over
def total(numbers):
    found = 0
    for n in numbers:
        found += n
    return found


# ---
def test_iterators_handed_over():
    assert total(n * n for n in range(4)) == 14
    assert total(iter([1, 2])) == 3 and total(map(int, "123")) == 6
    assert total({1: "a", 2: "b"}.keys()) == 3 and total(range(5)) == 10
    used = iter([1, 2, 3])
    total(used)
    assert next(used, None) is None


# %% class_handed_over
def made(kind, *args):
    return kind(*args)


# ---
def test_class_handed_over():
    class Pair:
        def __init__(self, a, b):
            self.a, self.b = a, b

    pair = made(Pair, 1, 2)
    assert isinstance(pair, Pair) and (pair.a, pair.b) == (1, 2)
    assert made(dict, [(1, 2)]) == {1: 2}


# %% records_handed_over
def oldest(people):
    return max(people, key=lambda person: person.age)


# ---
from collections import namedtuple
from dataclasses import dataclass


def test_records_handed_over():
    Person = namedtuple("Person", "name age")
    people = [Person("Ada", 36), Person("Bo", 70)]
    assert oldest(people) == ("Bo", 70) and oldest(people).name == "Bo"

    @dataclass
    class Tree:
        age: int

    trees = [Tree(3), Tree(900)]
    assert oldest(trees) is trees[1]


# %% exceptions_handed_over
def safely(action, *expected):
    try:
        return action()
    except expected as error:
        return type(error).__name__


# ---
def test_exceptions_handed_over():
    assert safely(lambda: 1 / 0, ZeroDivisionError) == "ZeroDivisionError"
    assert safely(lambda: {}["k"], KeyError, IndexError) == "KeyError"

    class Own(Exception):
        pass

    def fails():
        raise Own("x")

    assert safely(fails, Own) == "Own"


# %% callables_handed_over
def pipeline(value, *steps):
    for step in steps:
        value = step(value)
    return value


# ---
import functools
import operator


def test_callables_handed_over():
    assert pipeline(" ab ", str.strip, str.upper, len) == 2
    assert pipeline(3, functools.partial(operator.mul, 4), operator.neg) == -12
    out = []
    pipeline(5, out.append)
    assert out == [5]
    assert pipeline([3, 1], sorted, operator.itemgetter(0)) == 1


# %% containers_in_place
def rotate(queue, counter, table):
    queue.rotate(1)
    counter["a"] += 1
    table["x"].append(1)


# ---
from collections import Counter, deque, defaultdict


def test_containers_in_place():
    queue, counter, table = deque([1, 2, 3]), Counter("a"), defaultdict(list)
    rotate(queue, counter, table)
    assert queue == deque([3, 1, 2]) and counter["a"] == 2 and table == {"x": [1]}


# %% keyword_only
def box(*, width, height=2, **more):
    return width * height + len(more)


# ---
import pytest


def test_keyword_only():
    assert box(width=3) == 6 and box(width=1, height=1, depth=9) == 2
    with pytest.raises(TypeError):
        box(3)


# %% subtests
def half(n):
    return n / 2


# ---
def test_subtests(subtests):
    for n in range(3):
        with subtests.test(n=n):
            assert half(n) * 2 == n


# %% property_based
def normalised(xs):
    return sorted(set(xs))


# ---
from hypothesis import given, strategies as st


@given(st.lists(st.integers()))
def test_property_based(xs):
    found = normalised(xs)
    assert all(a < b for a, b in zip(found, found[1:])) and set(found) == set(xs)


# %% module_list
todo = []


def add(task):
    todo.append(task)


def clear():
    global todo
    todo = []


# ---
def test_module_list():
    add("wash")
    assert todo == ["wash"]
    add("dry")
    assert len(todo) == 2
    clear()
    assert todo == []


# %% random_state
import numpy as np


def noise(rng, n):
    return rng.normal(size=n)


# ---
import numpy as np


def test_random_state():
    assert np.allclose(noise(np.random.RandomState(0), 3), np.random.RandomState(0).normal(size=3))


# %% bytes_io
def header(file):
    return file.read(4)


# ---
import io


def test_bytes_io():
    file = io.BytesIO(b"RIFF....")
    assert header(file) == b"RIFF" and file.tell() == 4


# %% named_logger
import logging

log = logging.getLogger("shop")


def buy(n):
    log.info("bought %d", n)
    if n > 10:
        log.error("too many")


# ---
import logging


def test_named_logger(caplog):
    with caplog.at_level(logging.INFO, logger="shop"):
        buy(11)
    assert [(each.levelname, each.message) for each in caplog.records] == [
        ("INFO", "bought 11"),
        ("ERROR", "too many"),
    ]


# %% approximate_containers
def stats(xs):
    return {"mean": sum(xs) / len(xs), "range": (min(xs), max(xs))}


# ---
import pytest


def test_approximate_containers():
    found = stats([0.1, 0.2, 0.3])
    assert found["mean"] == pytest.approx(0.2)
    assert found["range"] == pytest.approx((0.1, 0.3))
    assert {"mean": found["mean"]} == pytest.approx({"mean": 0.2})
