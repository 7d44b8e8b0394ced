"""A warm zygote for all tests of the judge, and subjects of it that hold a given source."""

import textwrap

import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.sandbox.confine import Level
from tito.sandbox.limits import Limits


class Names:
    """The names of a subject's module `work`, each found when it is read; `begin` starts another test."""

    def __init__(self, session):
        self._session = session
        self.begin = session.start

    def __getattr__(self, name):
        return self._session.find("work", name)


@pytest.fixture(scope="session")
def zygote():
    with Zygote(Level.STANDARD, Limits(cpu=20)) as started:
        started.load({})
        yield started


@pytest.fixture
def subject(zygote, request):
    """Start a subject that has run a source as module `work`; every one is ended with the test."""
    sessions = []

    def start(source, contract=None):
        contract = contract or Contract(recording=True)
        session = Session(zygote, zygote.spawn(), contract, {request.module.__name__})
        sessions.append(session)
        session.ready()
        session.start(2)
        session.failed = session.run("work", [("work.py", 1, textwrap.dedent(source))])
        return session

    yield start
    for session in sessions:
        session.close()


@pytest.fixture
def names(subject):
    """Start a subject that has run a source, and return what has its names as attributes."""
    return lambda source: Names(subject(source))
