"""What a confined subject can and cannot do, beyond what single probes show. Also run as another user, below."""

import os
import signal
import time
from pathlib import Path

import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.sandbox import strong
from tito.sandbox.levels import Layer, Level
from tito.sandbox.limits import Limits

HERE = Path(__file__).parent
LIBRARY = """
import importlib, sys
def load():
    failed = []
    for name in sorted(sys.stdlib_module_names - {"antigravity", "this", "idlelib", "turtle", "turtledemo"}):
        try:
            importlib.import_module(name)
        except BaseException as fault:
            failed.append(name)
    return failed
"""


@pytest.fixture(params=[Level.STANDARD, Level.STRONG])
def zygote(request):
    if request.param is Level.STRONG and (missing := strong.refused()):
        pytest.skip(missing)
    with Zygote(request.param, Limits(cpu=20)) as started:
        started.load({})
        yield started


@pytest.fixture
def subject(zygote):
    sessions = []

    def start(source):
        session = Session(zygote, zygote.spawn(), Contract(recording=True), ())
        sessions.append(session)
        session.ready()
        session.start(10)
        session.failed = session.run("work", [("work.py", 1, source)])
        return session

    yield start
    for session in sessions:
        session.close()


def failure(session):
    """Return the name of what the cells raised, or "" where they ran."""
    return session.failed[0][1].name if session.failed else ""


def test_the_read_list_holds_all_of_the_standard_library(zygote, subject):
    confined = subject(LIBRARY).find("work", "load")()
    zygote.layers = frozenset(Layer) - {Layer.LANDLOCK}
    assert confined == subject(LIBRARY).find("work", "load")()


@pytest.mark.parametrize("name", ["fft", "polynomial", "ma", "testing", "lib.npyio", "random", "f2py"])
def test_what_numpy_loads_late_can_be_loaded(subject, name):
    assert failure(subject(f"import importlib\nimportlib.import_module('numpy.{name}')")) == ""


def test_ordinary_work_with_files_threads_and_time_goes(subject):
    source = """
import concurrent.futures, datetime, locale, os, shutil, tempfile, threading, time, zoneinfo
import numpy as np
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(folder + "/a")
    np.save(folder + "/a/x.npy", np.arange(3))
    os.rename(folder + "/a/x.npy", folder + "/y.npy")
    assert np.load(folder + "/y.npy").tolist() == [0, 1, 2]
open(os.devnull, "w").write("x")
open("/dev/urandom", "rb").read(4)
threads = [threading.Thread(target=time.sleep, args=(0,)) for _ in range(4)]
[each.start() for each in threads]
[each.join() for each in threads]
np.random.default_rng().normal()
locale.setlocale(locale.LC_ALL, "")
shutil.copyfile(os.__file__, "copy.py")
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    assert list(pool.map(abs, [-1, 2])) == [1, 2]
import sqlite3
sqlite3.connect("data.db").execute("create table t (x)")
"""
    session = subject(source)
    assert session.failed == []


def test_a_subject_reads_the_map_of_its_own_memory_and_of_nobody_elses(subject):
    assert failure(subject("assert 'python' in open('/proc/self/maps').read()")) == ""
    assert failure(subject("import os\nopen(f'/proc/{os.getppid()}/maps').read()")) == "PermissionError"
    assert failure(subject("open('/proc/self/environ').read()")) == "PermissionError"


def test_a_subject_cannot_read_its_neighbours_scratch(zygote, subject):
    hide = "import os\nopen('secret', 'w').write('x')\nPLACE = os.getcwd()\n"
    place = subject(hide).find("work", "PLACE")
    assert failure(subject(f"import os\nos.listdir({place!r})")) == "PermissionError"
    assert failure(subject(f"open({place + '/secret'!r}).read()")) == "PermissionError"
    # Of the same user and without Landlock, there is nothing between them.
    zygote.layers = frozenset(Layer) - {Layer.LANDLOCK, Layer.USER}
    place = subject(hide).find("work", "PLACE")
    assert failure(subject(f"open({place + '/secret'!r}).read()")) == ""


def test_a_subject_dies_with_its_zygote(zygote):
    subject = zygote.spawn()
    zygote._process.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and running(subject.pid):
        time.sleep(0.01)
    assert not running(subject.pid)
    subject.link.close()
    os.close(subject.output)


def running(pid):
    """Whether a process is there and not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_judge_knows_a_subject_by_the_process_id_that_it_has_here(zygote, subject):
    session = subject("import os\nPID = os.getpid()")
    named = Path(f"/proc/{session._subject.pid}/status").read_text().partition("NSpid:")[2].splitlines()[0].split()
    assert [int(named[0]), int(named[-1])] == [session._subject.pid, session.find("work", "PID")]
    assert len(named) == (2 if zygote.level is Level.STRONG else 1)


def test_time_is_measured_of_the_right_process(subject):
    session = subject("def spin():\n    while True: pass")
    session.start(0.2)
    with pytest.raises(SubjectFault, match="no answer") as caught:
        session.find("work", "spin")()
    assert caught.value.frames[-1].function == "spin"


def test_a_strongly_confined_subject_does_not_even_see_the_names_of_files(zygote, subject):
    places = [str(HERE), str(Path.home() / ".ssh"), "/var/log", "/boot"]
    session = subject(f"import os\nSEEN = [each for each in {places!r} if os.path.exists(each)]")
    assert session.find("work", "SEEN") == [] or zygote.level is Level.STANDARD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's subjects change their user")
def test_subjects_of_root_are_users_of_their_own_and_none_is_root(subject):
    users = {subject("import os\nUSER = os.getresuid() + os.getresgid()").find("work", "USER") for _ in range(3)}
    assert len(users) > 1
    assert all(0 not in each and len(set(each)) == 1 for each in users)


def test_a_signal_to_itself_is_its_own_matter(subject):
    handled = "import os, signal\nGOT = []\nsignal.signal(signal.SIGTERM, lambda *_: GOT.append(1))\n"
    session = subject(handled + "os.kill(os.getpid(), signal.SIGTERM)\nsignal.raise_signal(signal.SIGTERM)")
    assert session.find("work", "GOT") == [1, 1]
    session = subject(handled)
    os.kill(session._subject.pid, signal.SIGTERM)
    assert session.find("work", "GOT") == [1]


def test_a_zygote_leaves_no_folder_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Zygote(Level.STANDARD, Limits()) as started:
        started.load({})
        started.end(started.spawn())
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs these tests already")
def test_all_of_this_holds_for_an_ordinary_user(ordinary):
    done = ordinary.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={HERE}", HERE / "test_confinement.py", code=0)  # fmt: skip
    assert "passed" in done
    assert "failed" not in done
