"""What a submission's classes and functions say that they take, and mocks that are made after them."""

import inspect
from unittest import mock

import pytest

from tito.judging.judge.faults import SubjectFault
from tito.model.outcome import Status

SOURCE = """
import dataclasses, functools
class Api:
    def get(self, url, n=1): return url
    @classmethod
    def of(cls, kind): return cls()
    @property
    def size(self): return 3
class Sub(Api):
    pass
class Temp:
    def __init__(self, deg: float, unit="C"): self.deg = deg
class Below(Temp):
    pass
class New:
    def __new__(cls, a, *, b=None): return super().__new__(cls)
class Callable:
    def __call__(self, x, *more): return x
@dataclasses.dataclass
class Person:
    name: str
    tags: list = dataclasses.field(default_factory=list)
    age: int = 3
class Wrapped:
    def logged(function):
        @functools.wraps(function)
        def inner(*args): return function(*args)
        return inner
    @logged
    def up(self, n): return n
made = eval("lambda x, y=(1, 2): x")
def use(api): return api.get("u", n=2), api.size
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


@pytest.mark.parametrize("name", ["Api", "Sub", "Temp", "Below", "New", "Person"])
def test_a_mock_is_made_after_any_class(work, name):
    kind = getattr(work, name)
    for made in (mock.Mock(spec=kind), mock.create_autospec(kind, instance=True)):
        assert isinstance(made, kind)
        assert not hasattr(made, "nothing")


def test_a_mock_after_a_class_takes_what_that_takes(work):
    api = mock.create_autospec(work.Api, instance=True)
    api.get.return_value, api.size = "told", 9
    assert work.use(api) == ("told", 9)
    with pytest.raises(TypeError, match="url"):
        api.get()
    with pytest.raises(TypeError, match="missing a required argument: 'name'"):
        mock.create_autospec(work.Person)()


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("Api", "()"),
        ("Temp", "(deg: float, unit='C')"),
        ("Below", "(deg: float, unit='C')"),
        ("New", "(a, *, b=None)"),
        ("Person", "(name: str, tags: list = <factory>, age: int = 3) -> None"),
        ("made", "(x, y=(1, 2))"),
    ],
)
def test_a_signature_is_what_is_taken(work, name, signature):
    assert str(inspect.signature(getattr(work, name))) == signature


def test_a_signature_s_defaults_and_annotations_are_values(work):
    age = inspect.signature(work.Person).parameters["age"]
    assert (age.default, age.annotation) == (3, int)


def test_a_wrapped_method_takes_what_is_in_the_text(work):
    assert str(inspect.signature(work.Wrapped.up)) == "(self, n)"
    assert str(inspect.signature(work.Wrapped().up)) == "(n)"


def test_a_constructor_in_the_text_is_not_told_otherwise(subject):
    session = subject(SOURCE + "Temp.__signature__ = Temp.__init__.__signature__ = Ellipsis")
    assert str(inspect.signature(session.find("work", "Temp"))) == "(deg: float, unit='C')"


@pytest.mark.parametrize(
    "told",
    [
        "[('x', 1, None, None)] * 2",
        "[('x' * n, 1, None, None) for n in range(1, 300)]",
        "[('x', 9, None, None)]",
        "[('x y', 1, None, None)]",
        "[('x', 1, 5, None)]",
        "[('x', 1, [1], None)]",
        "[5]",
        "5",
    ],
)
def test_a_malformed_signature_ends_the_subject(subject, told):
    forged = "import sys\nkind = sys.modules['tito.judging.subject.server'].Subject\nclass Bare: pass\n"
    session = subject(f"{forged}kind._do_signature = lambda self, function: ({told}, None)")
    with pytest.raises(SubjectFault) as caught:
        inspect.signature(session.find("work", "Bare"))
    assert caught.value.status is Status.CONTRACT
