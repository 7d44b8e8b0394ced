"""Objects of the submission's classes: what they are in one process, whatever these derive from."""

import argparse
import asyncio
import collections
import copy
import dataclasses
import decimal
import enum
import inspect
import json
import math
import pickle
import types

import numpy as np
import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.model.outcome import Status

SOURCE = '''
import asyncio, collections, contextlib, dataclasses, decimal, enum, functools, json, sys
import numpy as np
from typing import NamedTuple

class Stack(list):
    """Last in, first out."""
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
class Point(NamedTuple):
    x: float
    y: float
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
class Vec(np.ndarray):
    def norm(self): return float(np.sqrt((np.asarray(self) ** 2).sum()))
def vec(): return np.array([3.0, 4.0]).view(Vec)
class Zeros(dict):
    def __missing__(self, key): return 0
class Loud(str):
    def shout(self): return self.upper() + "!"
class Celsius(float):
    def fahrenheit(self): return self * 9 / 5 + 32
class Bag(collections.Counter):
    def size(self): return sum(self.values())
class Queue(collections.deque):
    def first(self): return self[0]
class Color(enum.Enum):
    RED = 1
    BLUE = 2
class Day(enum.IntEnum):
    MON = 1
    TUE = 2
@dataclasses.dataclass(order=True)
class Pair:
    x: int
    y: int = 0
@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int
def coloured(): return {Color.RED: 1, Frozen(1): 2}
class Holder:
    def __init__(self): self.items = [1, 2]
    def count(self): return len(self.items)
    @property
    def first(self): return self.items[0]
    @classmethod
    def made(cls): return cls()
class Slots:
    __slots__ = ("a",)
class Context:
    def __enter__(self): return self
    def __exit__(self, kind, fault, trace): self.kind = kind; return True
class Picky:
    def __eq__(self, other): return NotImplemented
@contextlib.contextmanager
def logged(log):
    log.append("in")
    yield 5
    log.append("out")
def twice(f):
    @functools.wraps(f)
    def inner(*a, **k):
        f(*a, **k)
        return f(*a, **k)
    return inner
@functools.lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
async def later(): await asyncio.sleep(0); return 5
async def counted():
    for i in range(3): yield i
def evens(n, *, start: int = 0) -> list:
    """The even ones."""
    return [i for i in range(start, n, 2)]
def squares(n):
    for i in range(n): yield i * i
def apply(f, x): return f(x)
def groups():
    found = collections.defaultdict(lambda: [])
    found["a"].append(1)
    return found

class Short(ValueError):
    def __init__(self, n):
        super().__init__(f"short by {n}")
        self.n = n
    def twice(self): return 2 * self.n
def short(): raise Short(4)
def not_json(): json.loads("{")
def singular(): np.linalg.inv(np.zeros((2, 2)))
def infinite(): return decimal.Decimal(1) / decimal.Decimal(0)
def several(): raise ExceptionGroup("two", [ValueError("a"), Short(3)])
def chained():
    try: 1 / 0
    except ZeroDivisionError as zero: raise ValueError("bad") from zero
def no_key(): return {}["k"]
def leave(): sys.exit(3)
def no_file(): open("/nonexistent")
def no_text(): b"\\xff".decode()
def noted():
    fault = ValueError("v")
    fault.add_note("a note")
    raise fault
def fault(): return KeyError("x", 3)
'''


@pytest.fixture
def work(names):
    return names(SOURCE)


def test_a_list_of_the_students_is_a_list(work):
    stack = work.Stack()
    stack.push(1)
    stack.append(2)
    assert stack == [1, 2]
    assert isinstance(stack, list)
    assert (len(stack), stack[-1], stack.pop(), list(stack), sorted(stack)) == (2, 2, 2, [1], [1])
    stack += [5]
    stack[0] = 7
    assert (stack.peek(), stack, json.dumps(stack), repr(stack)) == (5, [7, 5], "[7, 5]", "[7, 5]")
    with pytest.raises(TypeError):
        hash(stack)


def test_a_class_says_what_it_is(work):
    assert (work.Stack.__bases__, work.Holder.__bases__) == ((list,), (object,))
    assert issubclass(work.Stack, list)
    assert (work.Stack.__name__, work.Stack.__doc__) == ("Stack", "Last in, first out.")
    assert work.Slots.__slots__ == ("a",)
    assert "count" in work.Holder.__dict__
    assert isinstance(work.Holder.__dict__["made"], classmethod)
    assert isinstance(work.Holder.first, property)
    assert vars(work.Holder()) == {"items": [1, 2]}
    assert "items" in dir(work.Holder())


def test_a_named_tuple_is_a_tuple(work):
    point = work.Point(3, 4)
    x, y = point
    assert (x, y, point.norm(), point.x) == (3, 4, 5, 3)
    assert point == (3, 4)
    assert isinstance(point, tuple)
    assert hash(point) == hash((3, 4))
    assert work.Point._fields == ("x", "y")
    assert (point._replace(x=1), point._asdict()) == ((1, 4), {"x": 3, "y": 4})


def test_an_array_of_the_students_is_an_array(work):
    vec = work.vec()
    assert isinstance(vec, np.ndarray)
    assert (vec.norm(), vec.shape, type(vec).__name__) == (5, (2,), "Vec")
    assert np.allclose(vec, [3, 4])
    assert (vec + 1).sum() == 9


def test_a_dict_of_the_students_keeps_its_missing(work):
    zeros = work.Zeros(a=1)
    zeros["b"] = 2
    zeros.update(c=3)
    assert (zeros["a"], zeros["z"], "a" in zeros, "z" in zeros) == (1, 0, True, False)
    assert zeros == {"a": 1, "b": 2, "c": 3}
    assert isinstance(zeros, dict)


def test_texts_and_numbers_of_the_students_are_such(work):
    loud, warm = work.Loud("a"), work.Celsius(100)
    assert (loud.shout(), loud.upper(), f"{loud}") == ("A!", "A", "a")
    assert loud == "a"
    assert isinstance(loud, str)
    assert (warm.fahrenheit(), warm + 1) == (212, 101)
    assert isinstance(warm, float)


def test_a_class_that_derives_from_a_librarys_is_one_of_these(work):
    bag, queue = work.Bag("aab"), work.Queue([1, 2])
    bag.update("c")
    queue.append(3)
    assert (bag.size(), bag.most_common(1), bag["c"], bag["z"]) == (4, [("a", 2)], 1, 0)
    assert isinstance(bag, collections.Counter)
    assert (queue.first(), list(queue), len(queue), queue.popleft()) == (1, [1, 2, 3], 3, 1)
    assert isinstance(queue, collections.deque)


def test_an_enumeration_has_its_members(work):
    color = work.Color
    assert color(2) is color.BLUE is color["BLUE"]
    assert ([each.name for each in color], len(color), color.RED.value) == (["RED", "BLUE"], 2, 1)
    assert isinstance(color.RED, enum.Enum)
    assert issubclass(color, enum.Enum)
    assert color.RED in color
    assert color.RED != color.BLUE
    assert color.RED.__class__ is type(color.RED) is color
    assert repr(color.RED) == "<Color.RED: 1>"
    with pytest.raises(ValueError, match="5"):
        color(5)


def test_an_enumeration_of_numbers_is_of_numbers(work):
    day = work.Day
    assert day.MON == 1
    assert day.MON < day.TUE
    assert day.TUE + 1 == 3
    assert isinstance(day.MON, int)


def test_a_dataclass_has_its_fields(work):
    pair = work.Pair(1)
    assert pair == work.Pair(1, 0)
    assert pair < work.Pair(2)
    assert repr(pair) == "Pair(x=1, y=0)"
    assert [field.name for field in dataclasses.fields(work.Pair)] == ["x", "y"]
    assert (dataclasses.asdict(pair), dataclasses.replace(pair, x=3).x) == ({"x": 1, "y": 0}, 3)
    frozen = work.Frozen(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        frozen.x = 2


def test_what_the_students_class_hashes_is_a_key(work):
    assert {work.Frozen(1), work.Frozen(1)} == {work.Frozen(1)}
    found = work.coloured()
    assert (found[work.Color.RED], found[work.Frozen(1)]) == (1, 2)
    with pytest.raises(TypeError):
        hash(work.Picky())


def test_not_implemented_is_what_a_method_gives(work):
    assert work.Picky().__eq__(1) is NotImplemented
    assert work.Picky() != 1


def test_a_copy_is_another_object(work):
    one = work.Holder()
    two, three = copy.deepcopy(one), pickle.loads(pickle.dumps(one))  # noqa: S301 - made in the line itself
    two.items.append(3)
    assert (one.count(), two.count(), three.count()) == (2, 3, 2)


def test_context_managers_get_what_was_raised(work):
    log = []
    with work.logged(log) as value:
        assert (value, log) == (5, ["in"])
    assert log == ["in", "out"]
    with work.Context() as context:
        raise OSError
    assert context.kind is OSError


def test_a_decorator_wraps_a_tests_own_function(work):
    calls = []

    @work.twice
    def note(x):
        """Take a note."""
        calls.append(x)
        return x

    assert (note(3), calls) == (3, [3, 3])
    assert (note.__name__, note.__doc__) == ("note", "Take a note.")


def test_functions_say_what_they_are(work):
    assert (work.evens.__name__, work.evens.__doc__) == ("evens", "The even ones.")
    assert work.evens.__annotations__ == {"start": int, "return": list}
    assert isinstance(work.evens, types.FunctionType)
    assert isinstance(work.Holder().count, types.MethodType)
    assert (work.fib(50), work.fib.cache_info().hits > 0) == (12586269025, True)
    assert work.apply(math.sqrt, 4) == 2


def test_signatures_and_sources_are_the_texts(work):
    assert str(inspect.signature(work.evens)) == "(n, *, start: int = 0) -> list"
    assert str(inspect.signature(work.Holder().count)) == "()"
    assert "range(start, n, 2)" in inspect.getsource(work.evens)
    assert inspect.getsource(work.Stack).startswith("class Stack(list):")
    assert inspect.isgeneratorfunction(work.squares)
    assert inspect.iscoroutinefunction(work.later)


def test_a_function_does_not_choose_its_source(subject):
    session = subject(
        """
        def honest(x):
            return x
        def cheat(x):
            return sum(x)
        cheat.__code__ = cheat.__code__.replace(co_firstlineno=2)
        """
    )
    assert "sum" in inspect.getsource(session.find("work", "cheat"))


def test_generators_are_asked_item_by_item(work):
    squares = work.squares(10**12)
    assert isinstance(squares, types.GeneratorType)
    assert [next(squares), next(squares), next(squares)] == [0, 1, 4]
    squares.close()
    assert list(squares) == []


def test_what_is_awaited_is_awaited_there(work):
    async def listed():
        return [each async for each in work.counted()]

    assert inspect.iscoroutine(work.later())
    assert (asyncio.run(work.later()), asyncio.run(listed())) == (5, [0, 1, 2])


def test_a_default_made_by_a_function_is_made(work):
    found = work.groups()
    assert found == {"a": [1]}
    assert found["z"] == []


def test_a_students_exception_keeps_what_it_was_given(work):
    with pytest.raises(work.Short, match=r"^short by 4$") as caught:
        work.short()
    assert (caught.value.n, caught.value.twice(), caught.value.args) == (4, 8, ("short by 4",))


@pytest.mark.parametrize(
    ("name", "kind", "attributes"),
    [
        ("not_json", json.JSONDecodeError, {"pos": 1, "doc": "{"}),
        ("singular", np.linalg.LinAlgError, {}),
        ("infinite", decimal.DivisionByZero, {}),
        ("no_key", KeyError, {"args": ("k",)}),
        ("leave", SystemExit, {"code": 3}),
        ("no_file", FileNotFoundError, {"errno": 2, "filename": "/nonexistent"}),
        ("no_text", UnicodeDecodeError, {"object": b"\xff", "start": 0}),
        ("noted", ValueError, {"__notes__": ["a note"]}),
    ],
)
def test_exceptions_are_of_their_own_type_with_what_they_hold(work, name, kind, attributes):
    with pytest.raises(kind) as caught:
        getattr(work, name)()
    assert type(caught.value) is kind
    assert {key: getattr(caught.value, key) for key in attributes} == attributes


def test_exceptions_keep_what_is_behind_and_within_them(work):
    with pytest.raises(ValueError, match="bad") as caught:
        work.chained()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    with pytest.raises(ExceptionGroup, match="two") as caught:
        work.several()
    assert isinstance(caught.value.exceptions[0], ValueError)
    assert caught.value.exceptions[1].n == 3


def test_an_exception_is_a_value_too(work):
    fault = work.fault()
    assert (type(fault), fault.args) == (KeyError, ("x", 3))
    assert work.apply(type, ValueError("v")) is ValueError


@pytest.mark.parametrize(
    ("base", "made", "plain"),
    [("list", "[1]", [1]), ("str", "'a'", "a"), ("float", "1.5", 1.5), ("dict", "{'a': 1}", {"a": 1}),
     ("tuple", "(1,)", (1,)), ("int", "7", 7), ("set", "{1}", {1}), ("np.ndarray", "2", None)],
)  # fmt: skip
def test_where_data_is_wanted_the_base_is_taken(subject, base, made, plain):
    source = f"""
    import numpy as np
    class Mine({base}):
        def __eq__(self, other): return True
        __hash__ = None
    def f(): return Mine({made})
    """
    found = subject(source, Contract({"f": "object", "f()": "data"})).find("work", "f")()
    if plain is None:
        assert type(found) is np.ndarray
    else:
        assert found == plain
        assert found != "x"
        assert type(found) is type(plain)


def test_an_iterator_of_objects_is_no_data(subject):
    source = "class Yes:\n    def __eq__(self, o): return True\ndef f(): yield Yes()"
    found = subject(source, Contract({"f": "object", "f()": "data"})).find("work", "f")()
    with pytest.raises(SubjectFault) as caught:
        next(found)
    assert caught.value.status is Status.CONTRACT


def test_what_iterates_is_held_to_what_the_reference_gave(subject):
    source = "class Box: pass\ndef f(): yield Box()"
    contract = Contract(recording=True)
    next(subject(source, contract).find("work", "f")())
    found = next(subject(source, Contract(contract.plain())).find("work", "f")())
    assert type(found).__name__ == "Box"


def test_a_class_of_two_libraries_bases_is_of_both(subject):
    source = """
        import argparse, collections, string
        class Both(collections.UserList, argparse.Namespace): pass
        class One(collections.UserList): pass
    """
    session = subject(source)
    both, one = session.find("work", "Both")([1]), session.find("work", "One")([2])
    assert isinstance(both, collections.UserList)
    assert isinstance(both, argparse.Namespace)
    assert isinstance(one, collections.UserList)
    assert not isinstance(one, argparse.Namespace)
    again = both.__class__([4, 5])
    assert type(again) is type(both)
    assert len(again) == 2


def test_what_is_walked_asynchronously_is_held_to_what_the_reference_gave(subject):
    source = """
        class Yes:
            def __eq__(self, other): return True
        class steps:
            def __init__(self, *items): self.items = list(items) or [Yes()]
            def __aiter__(self): return self
            async def __anext__(self):
                if not self.items: raise StopAsyncIteration
                return self.items.pop(0)
        class numbers:
            def __aiter__(self): return steps(3, 4)
    """
    kinds = {"steps": "object", "steps()": "stream", "numbers": "object", "numbers()": "stream"}
    session = subject(source, Contract(kinds))

    async def items(name, *args):
        return [each async for each in session.find("work", name)(*args)]

    assert asyncio.run(items("steps", 1, 2)) == [1, 2]
    assert asyncio.run(items("numbers")) == [3, 4]
    with pytest.raises(SubjectFault, match="plain data is expected"):
        asyncio.run(items("steps"))


@pytest.mark.parametrize(
    "defined",
    [
        "__add__ = functools.partialmethod(_more, 1)",
        "__add__ = functools.singledispatchmethod(_more)",
        "__add__ = staticmethod(lambda other: 4)",
        "__add__ = classmethod(lambda cls, other: 4)",
        "__add__ = property(lambda self: lambda other: 4)",
        "__add__ = Adds()",
    ],
)
def test_an_operation_is_found_as_python_finds_it(subject, defined):
    source = f"""
        import functools
        class Adds:
            def __call__(self, other): return 4
        class Box:
            def _more(self, *others): return 4
            {defined}
    """
    assert subject(source).find("work", "Box")() + 3 == 4
