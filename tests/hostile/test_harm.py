"""With every layer on no attack does harm, and each does as soon as the layers are off; nothing stays behind."""

import ctypes
import os
import platform
import pty
import socket
import tempfile
from pathlib import Path

import pytest
from corpus import CANARY, LEVELS, POINTS, index, run

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.report import class_json
from tito.sandbox.levels import Level
from tito.sandbox.limits import Limits
from tito.sandbox.trial import counts_threads
from tito.scoring import statistics

HARM = index("harm")
LIMITS = Limits(cpu=5)
X86 = platform.machine() == "x86_64"


def can_be_tried(attack):
    if "root" in attack.traits and os.geteuid() != 0:
        pytest.skip("only root could do this")
    if "counted" in attack.traits and not counts_threads():
        pytest.skip("this system counts an ordinary user's threads together")
    if "x86" in attack.traits and not X86:
        pytest.skip("written in system calls of x86-64")


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """What runs beside a grading: a service on this machine, one by its path, a terminal, a secret in memory."""
    secret = ctypes.create_string_buffer(f"{CANARY}judge".encode())
    os.environ["TITO_CANARY"] = f"{CANARY}environment"
    path = str(tmp_path_factory.mktemp("services") / "service")
    terminal, theirs = pty.openpty()
    with socket.create_server(("127.0.0.1", 0)) as service, socket.socket(socket.AF_UNIX) as local:
        local.bind(path)
        local.listen()
        yield {
            "judge": os.getpid(),
            "address": ctypes.addressof(secret),
            "port": service.getsockname()[1],
            "socket": path,
            "terminal": os.ttyname(theirs),
        }
    os.close(terminal)
    os.close(theirs)
    del os.environ["TITO_CANARY"]


def test_the_index_names_every_file():
    assert {path.stem for path in (Path(__file__).parent / "harm").glob("*.py")} == set(HARM)


@pytest.fixture(scope="module", params=[Level.STANDARD, Level.STRONG])
def graded(request, world, services):
    """Grade the corpus with all layers on, with a good submission between any two attacks."""
    if request.param not in LEVELS:
        pytest.skip(f"this machine has no {request.param}")
    return run(world(), list(HARM.values()), request.param, services=services)


@pytest.mark.parametrize("name", HARM)
def test_with_all_layers_no_harm_is_done(graded, name):
    attack = HARM[name]
    can_be_tried(attack)
    grade = graded[0][name]
    text = "\n".join(grade.notes)
    if "may" in attack.traits and graded[2].level == Level.STRONG:
        pytest.skip("what may be done at standard is shown there; within a namespace it takes longer than a test has")
    assert ("harm done" in text) == ("may" in attack.traits), text
    if "ends" not in attack.traits:
        assert grade.earned == POINTS, {each.criterion.id: each.status.value for each in grade.criteria}


def test_every_good_submission_has_full_marks(graded):
    good = {name: grade.earned for name, grade in graded[0].items() if name.endswith("-neighbour")}
    assert len(good) == len(HARM)
    assert set(good.values()) == {POINTS}, good


def test_nothing_is_left_behind(graded):
    assert {key: found for key, found in graded[1].items() if found} == {}


def test_no_secret_is_in_any_report(graded):
    result = graded[2]
    assert CANARY not in class_json(result.rubric, result.grades, statistics(result.rubric, result.grades))


@pytest.fixture(scope="module")
def open_place(world, services):
    """A world that may be harmed, and subjects that nothing confines."""
    place = world()
    tempfile.tempdir = str(place.scratch)
    with Zygote(Level.NONE, LIMITS) as zygote:
        zygote.load({"kit.core.vector": (place.course.root / "kit/core/vector.py").read_text("utf-8")})
        yield place, zygote
    tempfile.tempdir = None


SHOWN = [name for name, each in HARM.items() if not each.traits & {"wild", "always", "may"}]


@pytest.mark.parametrize("name", SHOWN)
def test_without_its_layers_the_harm_is_done(open_place, services, name):
    attack = HARM[name]
    can_be_tried(attack)
    assert attack.needs
    place, zygote = open_place
    place.restore()
    source = place.submission(attack, services).rpartition("# %%\nTOLD")[2]
    session = Session(zygote, zygote.spawn(), Contract(), ())
    try:
        session.ready()
        session.start(5)
        ((_, told),) = session.run("kit.core.series", [("harm.py", 1, f"TOLD{source}")])
        text = told.text
    except SubjectFault as fault:
        text = f"harm done: {fault.message}" if "ends" in attack.traits else fault.message
    finally:
        session.close()
    if text.startswith("refused") and attack.traits & {"kernel", "attributes", "same_disk"}:
        pytest.skip(f"this system has no such thing: {text}")
    assert text.startswith("harm done")
    if "canary" in attack.traits:
        assert CANARY in text


def test_the_corpus_is_held_for_an_ordinary_user_too(again):
    assert again("test_") > 100
