"""What a test hands to the student's code: Python's own objects, objects of the test's, and what may be done to these."""

import dataclasses
import enum
import functools
import io
import operator
import queue
import re
from unittest import mock

import numpy as np
import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.witness import Witness

TAKING = "def f(value): return [x for x in value]"
ITERATORS = {
    "generator": lambda: (n for n in (1, 2)),
    "iterator": lambda: iter([1, 2]),
    "map": lambda: map(int, "12"),
    "filter": lambda: filter(None, [0, 1, 2]),
    "dict_keys": {1: 0, 2: 0}.keys,
}


class Pupil:
    year = 1

    def __init__(self, name):
        self.name, self.friend = name, None

    def greet(self):
        return f"I am {self.name}"


@pytest.mark.parametrize("kind", ITERATORS)
def test_an_iterator_of_the_tests_gives_its_items(subject, kind):
    assert subject(TAKING).find("work", "f")(ITERATORS[kind]()) == [1, 2]


def test_an_iterator_is_used_up_where_it_is_used(subject):
    numbers = iter([1, 2, 3])
    assert subject("def f(it): return next(it)").find("work", "f")(numbers) == 1
    assert list(numbers) == [2, 3]


@pytest.mark.parametrize("kind", ITERATORS)
def test_an_iterator_can_be_walked_twice_where_its_items_are_kept(subject, kind):
    source = """
        import itertools
        def f(values):
            ones, twos = itertools.tee(values)
            next(twos)
            return list(zip(ones, twos))
    """
    assert subject(source).find("work", "f")(ITERATORS[kind]()) == [(1, 2)]


@pytest.mark.parametrize("name", ["gi_frame", "gi_code", "send", "close"])
def test_nothing_of_a_generator_but_its_items_is_served(subject, name):
    reached = subject(f"def f(it): return hasattr(it, {name!r})").find("work", "f")
    assert reached(n for n in [1]) is False


def test_patterns_partial_functions_and_getters_are_made_anew(subject):
    f = subject("def f(g, *args): return g(*args)").find("work", "f")
    assert subject("def f(p): return p.findall('1 x 22')").find("work", "f")(re.compile(r"\d+")) == ["1", "22"]
    assert f(functools.partial(max, key=abs), -3, 2) == -3
    assert f(operator.itemgetter(1, 0), "ab") == ("b", "a")


def test_a_method_of_the_tests_own_list_fills_it(subject):
    found = []
    subject("def f(tell): tell(1); tell([2])").find("work", "f")(found.append)
    assert found == [1, [2]]


def test_a_function_of_the_tests_that_wraps_one_of_the_students_is_called(subject):
    session = subject("def own(x): return x + 1\ndef f(g): return g(1)")
    own = session.find("work", "own")

    @functools.wraps(own)
    def call(number):
        return own(number * 10)

    assert session.find("work", "f")(call) == 11


@pytest.mark.parametrize("kind", [queue.Queue, queue.LifoQueue, queue.PriorityQueue])
def test_a_queue_is_filled_where_it_is(subject, kind):
    made = kind()
    subject("def f(q):\n    for n in (2, 1): q.put(n)").find("work", "f")(made)
    assert (made.qsize(), made.get()) == (2, {queue.Queue: 2}.get(kind, 1))


def test_an_attribute_of_a_tests_object_can_be_set_to_data_and_to_the_tests_objects(subject):
    ann, bob = Pupil("ann"), Pupil("bob")
    subject("def f(a, b): a.name, a.friend = a.name.upper(), b").find("work", "f")(ann, bob)
    assert (ann.name, ann.friend) == ("ANN", bob)


@dataclasses.dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int


class Suit(enum.Enum):
    CLUBS = 1
    HEARTS = 2


class Seat:
    __slots__ = ("_row", "call", "number")

    def __init__(self, number):
        self.number, self._row, self.call = number, "A", len

    @property
    def row(self):
        return self._row

    @row.setter
    def row(self, value):
        self._row = value.upper()


def test_data_can_be_set_wherever_a_tests_object_has_data_or_nothing(subject):
    ann, seat, mark = Pupil("ann"), Seat(1), lambda: None
    subject("def f(a): a.seen, a.year = True, 2; a.year += 1").find("work", "f")(ann)
    assert (vars(ann), Pupil.year) == ({"name": "ann", "friend": None, "seen": True, "year": 3}, 1)
    subject("def f(s): s.number, s.row = 2, 'b'").find("work", "f")(seat)
    assert (seat.number, seat.row) == (2, "B")
    subject("def f(g): g.marked = [1]; g.marked.append(2)").find("work", "f")(mark)
    assert mark.marked == [1, 2]


def test_what_is_set_and_not_heeded_is_seen_by_who_has_set_it(subject):
    source = """
    def f(a):
        assert not hasattr(a, "visited")
        a.visited = 1
        return a.visited
    def g(a): return a.visited
    """
    ann = Pupil("ann")
    session = subject(source)
    session.witness.heeding = False
    assert (session.find("work", "f")(ann), session.find("work", "g")(ann)) == (1, 1)
    assert not hasattr(ann, "visited")


class Spy:
    def __getattr__(self, name):
        return lambda: name


@pytest.mark.parametrize(
    ("made", "change"),
    [
        (lambda: Point(1, 2), "x = 3"),
        (lambda: Point(1, 2), "z = 3"),
        (lambda: Seat(1), "call = 3"),
        (lambda: Seat(1), "other = 3"),
        (lambda: Seat, "number = 3"),
        (lambda: Seat, "row = 3"),
        (lambda: Pupil, "greet = 3"),
        (lambda: Pupil, "mro = 3"),
        (lambda: Suit, "CLUBS = 3"),
        (lambda: Suit.CLUBS, "value = 3"),
        (lambda: test_what_is_set_and_not_heeded_is_seen_by_who_has_set_it, "__defaults__ = (3,)"),
        (lambda: test_what_is_set_and_not_heeded_is_seen_by_who_has_set_it, "__code__ = None"),
        (lambda: Pupil("ann").greet, "marked = 3"),
        (Spy, "told = 3"),
        (mock.Mock, "told = 3"),
        (mock.Mock, "return_value = 3"),
        (lambda: mock.create_autospec(len), "told = 3"),
    ],
)
def test_nothing_else_can_be_set(subject, made, change):
    with pytest.raises((AttributeError, TypeError)):
        subject(f"def f(it): it.{change}").find("work", "f")(made())


@pytest.mark.parametrize(
    "change", ["a.greet = lambda: 'x'", "a.greet = 1", "a.name = len", "a._new = 1", "a.__class__ = int"]
)
def test_what_a_tests_object_does_cannot_be_set(subject, change):
    ann = Pupil("ann")
    with pytest.raises((AttributeError, TypeError)):
        subject(f"def f(a): {change}").find("work", "f")(ann)
    assert (ann.greet(), vars(ann)) == ("I am ann", {"name": "ann", "friend": None})


def test_an_object_of_the_students_is_no_value_of_a_tests_attribute_unless_the_reference_set_one(subject):
    source = "class Yes:\n    def __eq__(self, _): return True\ndef f(a): a.name = Yes()"
    session = subject(source, Contract({"f": "object", "asks set": "data"}))
    ann = Pupil("ann")
    with pytest.raises(SubjectFault, match="asks set"):
        session.find("work", "f")(ann)
    assert ann.name == "ann"


NAMED = """
class Yes:
    def __eq__(self, _): return True
def made(): return Yes()
def plain(): return Yes()
plain.__name__ = "made"
def factory(): return plain
both = made
"""


@pytest.mark.parametrize("expression", ["plain", "factory"])
def test_a_functions_own_word_for_its_name_earns_it_nothing(subject, expression):
    kinds = dict.fromkeys(["made", "made()", "plain", "factory", "factory()"], "object")
    session = subject(NAMED, Contract(kinds | {"plain()": "data", "factory()()": "data"}))
    found = session.find("work", expression)
    with pytest.raises(SubjectFault, match="where plain data is expected"):
        (found() if expression == "factory" else found)()


def test_a_function_of_two_names_answers_as_both_have_to(subject):
    session = subject(NAMED, Contract({"made": "object", "made()": "object", "both": "object", "both()": "data"}))
    session.find("work", "made")
    with pytest.raises(SubjectFault):
        session.find("work", "both")()


def test_a_lambda_is_known_by_the_name_that_it_is_bound_to(subject):
    session = subject("class A: pass\nmake = lambda: A()", Contract({"make": "object", "make()": "object"}))
    assert type(session.find("work", "make")()).__name__ == "A"


CHAIN = """
class Yes:
    def __eq__(self, _): return True
class Link:
    value, following = 1, None
class Chain:
    head = Link()
class Forged:
    head = type("Chain", (), {"value": Yes()})()
Link.following = Link()
"""
KINDS = {
    "Chain": "object", "Chain.head": "object", "Node.following": "object", "Node.value": "data", "Chain.value": "object",
    "class of Chain.head": "Node",
}  # fmt: skip


def test_a_class_that_stands_for_the_references_answers_as_that_does(subject):
    head = subject(CHAIN, Contract(KINDS)).find("work", "Chain").head
    assert (head.value, head.following.value) == (1, 1)


def test_a_class_is_not_known_by_the_name_that_it_gives_itself(subject):
    session = subject(CHAIN.replace("class Chain", "class Other").replace("Forged", "Chain"), Contract(KINDS))
    with pytest.raises(SubjectFault, match=r"Node\.value: .* where plain data is expected"):
        session.find("work", "Chain").head.value  # noqa: B018 - asking is the test


OBSERVED = """
import weakref
class Bus:
    def __init__(self): self.heard = []
    def on(self, call): self.heard.append(call)
    def off(self, call): self.heard.remove(call)
    def say(self, *words): return [call(*words) for call in self.heard]
def index(items, item): return items.index(item)
def are_same(one, other): return one is other
def count(node, seen):
    if node not in seen:
        seen.add(node)
        for each in node.links: count(each, seen)
    return len(seen)
def distinct(items): return len(set(items))
def look_up(table, key): return table[key]
def ranked(items): return sorted(items, reverse=True)
def same(it): return it
class Visitor:
    def visit(self, it): return getattr(self, "visit_" + type(it).__name__)(it)
    def visit_Node(self, it): return "a node"
    def visit_function(self, it): return "a function"
def told(it): return it.__class__.__name__, type(it).__qualname__, it.__doc__, repr(it).partition(" at ")[0]
kept, ids = weakref.WeakSet(), []
def keep(it): kept.add(it); ids.append(id(it))
def left(): return len(kept), len(set(ids))
"""


class Node:
    def __init__(self):
        self.links = []

    def hear(self, word):
        self.links.append(word)


@dataclasses.dataclass
class Changing:
    x: int


class Opposite:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Opposite) and abs(self.x) == abs(other.x)

    def __hash__(self):
        return 1


@pytest.fixture
def work(subject):
    """Return what finds the submission's names."""
    session = subject(OBSERVED)
    return lambda name: session.find("work", name)


def test_an_object_that_is_handed_over_twice_is_one_object(work):
    one, other = Node(), Node()
    assert work("index")([one, other], other) == 1
    assert work("are_same")(one, one)
    assert not work("are_same")(one, other)
    assert work("are_same")(Suit.CLUBS, Suit.CLUBS)


def test_what_is_reached_by_another_way_is_the_same_object(work):
    one, other = Node(), Node()
    one.links, other.links = [other], [one, one]
    assert work("count")(one, set()) == 2


def test_an_observer_that_is_taken_off_hears_no_more(work):
    def heard(word):
        words.append(word)

    words, node, bus = [], Node(), work("Bus")()
    for call in (heard, node.hear, words.append):
        bus.on(call)
    bus.off(heard)
    bus.off(words.append)
    bus.say("a")
    bus.off(node.hear)
    assert (words, node.links, bus.say("b")) == ([], ["a"], [])


def test_a_weak_reference_to_what_a_test_holds_stays(work):
    nodes = [Node(), Node()]
    for each in nodes:
        work("keep")(each)
    assert work("left")() == (2, 2)


def test_an_object_can_do_what_its_class_can_by_now(subject, monkeypatch):
    size, node = subject("def f(it): return len(it)").find("work", "f"), Node()
    with pytest.raises(TypeError):
        size(node)
    monkeypatch.setattr(Node, "__len__", lambda _: 3, raising=False)
    assert size(node) == 3


def test_objects_are_equal_in_sets_dicts_and_lists_as_their_class_says(work):
    assert work("distinct")([Point(1, 2), Point(1, 2), Point(2, 1)]) == 2
    assert work("distinct")([Opposite(1), Opposite(-1), Opposite(2)]) == 2
    assert work("look_up")({Point(1, 2): "a", Suit.HEARTS: "b"}, Point(1, 2)) == "a"
    assert work("index")([Changing(1), Changing(2)], Changing(2)) == 1
    assert work("ranked")([Point(1, 2), Point(2, 1)]) == [Point(2, 1), Point(1, 2)]


def test_sets_and_dicts_of_a_tests_objects_come_back_equal(work):
    several = {Point(1, 2), Point(2, 1), Suit.CLUBS}
    assert work("same")(several) == several
    assert work("same")({Opposite(1), Opposite(2)}) == {Opposite(-1), Opposite(-2)}


def test_what_has_no_hash_is_not_looked_up(work):
    with pytest.raises(TypeError, match="unhashable type: 'Changing'"):
        work("distinct")([Changing(1)])
    with pytest.raises(TypeError, match="unhashable type"):
        work("distinct")([Point([], 1)])


def test_a_mock_that_is_looked_up_is_called_by_nobody_else(work):
    called = mock.MagicMock()
    assert work("same")(called) is called
    assert called.mock_calls == []
    assert work("distinct")([called, called]) == 1


def test_nothing_is_asked_of_the_submission_while_something_goes_off(work):
    class Deep:
        def __init__(self):
            self.bus, self.asked = work("Bus")(), 0

        def __hash__(self):
            self.asked += 1
            return hash(tuple(self.bus.heard))

    deep = Deep()
    assert work("same")([deep, [1]]) == [deep, [1]]
    assert work("distinct")([deep, deep]) == 1
    assert deep.asked > 1


class Told:
    """It says so."""


def test_the_class_of_a_guest_has_its_name_and_says_what_it_says(work):
    visitor = work("Visitor")()
    assert (visitor.visit(Node()), visitor.visit(lambda: None)) == ("a node", "a function")
    assert work("told")(Told()) == ("Told", "Told", "It says so.", "<__main__.Told object")
    assert work("told")(Node())[2] is None
    assert work("told")(Point(1, 2))[3] == "Point(x=1, y=2)"


def test_nothing_else_of_its_class_is_there(subject):
    reached = subject("def f(it): return [name for each in type(it).__mro__[:-2] for name in vars(each)]").find(
        "work", "f"
    )
    assert {name for name in reached(Node()) if not name.startswith("__")} == set()


CURRIED = """
import functools, inspect
def told(f): return str(inspect.signature(f)), f.__name__, f.__defaults__, f.__annotations__
def needed(f): return [name for name, each in inspect.signature(f).parameters.items() if each.default is each.empty]
def wrapped(f):
    @functools.wraps(f)
    def call(*given): return f(*given)
    return call.__name__, call.__doc__, str(inspect.signature(call)), call(2)
def own(x): return x
"""


def area(width: int, height: float = 2.0, *names: Pupil, unit: str = "m", **more: "Pupil") -> str:
    """Return an area."""
    return f"{width * height}{unit}"


def test_a_function_tells_its_signature_its_defaults_and_its_annotations(subject):
    told = subject(CURRIED).find("work", "told")
    text = "(width: int, height: float = 2.0, *names, unit: str = 'm', **more: 'Pupil') -> str"
    said = {"width": int, "height": float, "unit": str, "more": "Pupil", "return": str}
    assert told(area) == (text, "area", (2.0,), said)
    assert told(Node().hear) == ("(word)", "hear", None, {})


def test_a_decorator_of_the_students_wraps_a_function_of_the_tests(subject):
    session = subject(CURRIED)
    assert session.find("work", "wrapped")(area)[::3] == ("area", "4.0m")
    assert session.find("work", "wrapped")(area)[1] == "Return an area."
    assert session.find("work", "needed")(lambda a, b, c=print, d=area: a) == ["a", "b"]


@pytest.mark.parametrize("default", [Pupil("ann"), [1], area, mock.Mock(), np])
def test_a_default_that_is_no_plain_value_is_not_told(subject, default):
    def given(it=default):
        return it

    session = subject(
        CURRIED + "\ndef found(f): return inspect.signature(f).parameters['it'].default, hasattr(f, '__defaults__')"
    )
    assert session.find("work", "found")(given) == (..., False)


def test_a_method_that_is_no_function_is_called_all_the_same(subject):
    class Counted:
        @functools.lru_cache  # noqa: B019 - that is what is tried
        def size(self, word):
            return len(word)

    assert subject("def f(g): return g('abc')").find("work", "f")(Counted().size) == 3


@pytest.mark.parametrize("name", ["__code__", "__globals__", "__closure__", "__wrapped__", "__module__x"])
def test_nothing_else_of_a_function_is_told(subject, name):
    assert subject(f"def f(it): return hasattr(it, {name!r})").find("work", "f")(area) is False


def test_a_function_that_wraps_one_of_the_students_tells_its_own_signature(subject):
    session = subject(CURRIED)
    own = session.find("work", "own")

    @functools.wraps(own)
    def call(*given):
        return own(*given)

    assert session.find("work", "wrapped")(call) == ("own", None, "(*given)", 2)


COPYING = """
import copy
def told(it): return vars(it), it.__dict__ == vars(it), [name for name in dir(it) if name[0] != "_"]
def copied(it): return copy.copy(it)
def deep(it): return copy.deepcopy(it)
def both(one, other): return one.links[0] is other
def deep_pair(pair):
    one, other = copy.deepcopy(pair)
    return both(*pair), both(one, other), one is pair[0]
def reached(it, name): return hasattr(it, "__dict__") and name in vars(it)
"""


def test_the_attributes_of_a_tests_object_are_listed(subject):
    session, ann = subject(COPYING), Pupil("ann")
    ann._mark = 1
    names = ["friend", "greet", "name", "year"]
    assert session.find("work", "told")(ann) == ({"name": "ann", "friend": None}, True, names)


@pytest.mark.parametrize(("made", "name"), [(lambda: Pupil, "greet"), (lambda: mock.Mock(told=1), "told")])
def test_the_names_of_classes_and_mocks_are_listed(subject, made, name):
    assert name in subject("def f(it): return dir(it)").find("work", "f")(made())


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda: Pupil, "greet"),
        (lambda: iter([1]), "__next__"),
        (lambda: mock.Mock(told=1), "told"),
        (lambda: Seat(1), "number"),
        (lambda: functools.wraps(area)(lambda: None), "__wrapped__"),
    ],
)
def test_nothing_is_listed_of_what_is_no_object_of_a_tests_class(subject, made, name):
    assert subject(COPYING).find("work", "reached")(made(), name) is False


def test_a_tests_object_is_copied(subject):
    session, ann = subject(COPYING), Pupil("ann")
    found = session.find("work", "copied")(ann)
    assert (type(found), vars(found), found is ann) == (Pupil, vars(ann), False)
    one, other = Node(), Node()
    one.links, other.links = [other], [one]
    found = session.find("work", "deep")([one, {"k": other}])
    assert found[0] is not one
    assert found[0].links[0] is found[1]["k"]
    assert session.find("work", "deep_pair")((one, other)) == (True, True, False)


def test_functions_and_classes_of_a_tests_are_their_own_copies(subject):
    session = subject(COPYING)
    for each in (area, Pupil, mock.Mock()):
        assert session.find("work", "copied")(each) is each
        assert session.find("work", "deep")([each]) == [each]


class Monitor(Pupil):
    pass


def test_what_is_of_a_tests_class_is_known(subject):
    session = subject("def f(it, *kinds): return isinstance(it, kinds)\ndef g(it, kind): return issubclass(it, kind)")
    is_of, derives = session.find("work", "f"), session.find("work", "g")
    assert [is_of(each, Pupil) for each in (Monitor("ann"), Pupil("bob"), Node(), 1, is_of)] == [
        True,
        True,
        *[False] * 3,
    ]
    assert is_of(Node(), Pupil, Node)
    assert not is_of(Pupil("ann"), Monitor, int)
    assert derives(Monitor, Pupil)
    assert not derives(Pupil, Monitor)


ASKING = """
def reached(it, names):
    ask, number = (object.__getattribute__(it, f"_tito_{name}") for name in ("ask", "number"))
    found = []
    for name in names:
        for given in ((), (it,), (1,)):
            for what in (("special", number, name, given, {}), ("get", number, name)):
                try:
                    ask(*what)
                    found.append(name)
                except (AttributeError, TypeError):
                    continue
    return sorted(set(found))
"""
SPECIAL = [
    "__dict__",
    "__copy__",
    "__deepcopy__",
    "__hash__",
    "__instancecheck__",
    "__subclasscheck__",
    "__get__",
    "__set__",
]
INSIDE = [
    "__class__",
    "__init__",
    "__reduce__",
    "__reduce_ex__",
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__code__",
]


@pytest.mark.parametrize(
    ("made", "served"),
    [
        (lambda: area, []),
        (lambda: Pupil, ["__instancecheck__", "__subclasscheck__"]),
        (lambda: iter([1]), []),
        (lambda: (n for n in [1]), []),
        (lambda: mock.Mock(spec=Pupil), []),
        (lambda: mock.create_autospec(area), []),
        (lambda: [].append, ["__hash__"]),
        (lambda: Pupil("ann").greet, ["__hash__"]),
        (lambda: Pupil("ann"), ["__copy__", "__deepcopy__", "__dict__"]),
        (lambda: Point(1, 2), ["__copy__", "__deepcopy__", "__dict__", "__hash__"]),
    ],
)
def test_whoever_asks_by_himself_is_served_no_more(subject, made, served):
    assert subject(ASKING).find("work", "reached")(made(), [*SPECIAL, *INSIDE]) == served


@pytest.mark.parametrize("made", [lambda: io.StringIO("a\nb"), lambda: io.BytesIO(b"a\nb")], ids=["text", "bytes"])
def test_a_file_in_memory_that_the_submission_closes_is_closed(subject, made):
    given = made()
    assert subject("def f(it):\n    with it: return len(it.read())").find("work", "f")(given) == 3
    assert given.closed


def test_what_the_submission_made_is_its_own_to_write_into(subject):
    session = subject("def new(): return {}\ndef put(it): it[1] = 2", Contract({"new": "object", "put": "object"}))
    session.witness = witness = Witness(heeding=False)
    made, mine = session.find("work", "new")(), {}
    session.find("work", "put")(made)
    session.find("work", "put")(mine)
    assert (made, mine) == ({1: 2}, {})
    assert witness.wrote == {"put()"}
