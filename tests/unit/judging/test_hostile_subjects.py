"""What a hostile subject may do to the judge's own process: nothing that outlives its test."""

import os
import socket
import time
from unittest import mock

import numpy as np
import pytest

from tito.judging.judge.bounds import bounded
from tito.judging.judge.calls import Call, CallLog
from tito.judging.judge.channel import Channel
from tito.judging.judge.faults import SubjectFault, raised
from tito.model.outcome import Status


def test_an_integer_too_long_to_write_does_not_stop_the_explanation():
    log = CallLog()
    log.add(Call("get", 1, "n", result={"k": 10**5000}))
    assert log.last() == ("1.n  →  {'k': <int too long to write>}",)


def test_a_subject_that_ends_before_it_reads_has_crashed():
    ours, theirs = socket.socketpair()
    output, printed = os.pipe()
    ours.send(b"never read")
    theirs.close()
    with pytest.raises(SubjectFault, match="ended") as caught, ours:
        channel = Channel(ours, output, os.getpid())
        channel.clock.start(5)
        channel.read(8)
    os.close(output)
    os.close(printed)
    assert caught.value.status is Status.CRASHED


@pytest.mark.parametrize("source", ["raise KeyError", "import sys; sys.modules[__name__] = 7"])
def test_whatever_a_lookup_raises_the_name_is_not_defined(subject, source):
    session = subject(source)
    with pytest.raises(NameError, match="'f' is not defined"):
        session.find("work", "f")


def test_a_test_that_takes_gigabytes_over_an_answer_is_out_of_memory(subject):
    with pytest.raises(MemoryError), bounded(subject(""), 10):
        np.ones((1 << 20, 1)) * np.ones(1 << 12)


def test_a_test_that_computes_for_ever_over_an_answer_is_out_of_time(subject):
    session = subject("")
    with pytest.raises(SubjectFault, match=r"computed for more than 0.3 s"), bounded(session, 0.1):
        while True:
            pass
    assert session.fault.status is Status.TIMEOUT


def test_bounds_are_lifted_after_the_test(subject):
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_AS)
    with bounded(subject(""), 5):
        assert resource.getrlimit(resource.RLIMIT_AS)[0] != before[0]
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10**8,
        [["y" * 10**7] * 9] * 9,
        dict.fromkeys(range(10**6), "z" * 10**6),
        np.full((3, 3), "w" * 10**6),
        set(range(10**6)),
        np.str_("v" * 10**7),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_shown_of_an_answer_is_short_and_made_quickly(value):
    log = CallLog()
    log.add(Call("get", 1, "n", result=value))
    begun = time.process_time()
    (shown,) = log.last()
    assert len(shown) < 300
    assert time.process_time() - begun < 0.1


def test_a_list_within_itself_is_shown():
    log, value = CallLog(), [1]
    value.append(value)
    log.add(Call("get", 1, "n", result=value))
    assert log.last() == ("1.n  →  [1, [1, [1, [1, […, …]]]]]",)


FORGED = """
import sys
agent = sys.modules["tito.judging.subject.server"].Subject
agent._fault = lambda self, fault: ("ValueError", ["builtins:ValueError"], "x" * 9999, {frames}, None, 0, {{}})
def f(): raise ValueError
"""


@pytest.mark.parametrize(
    "frame",
    ["1 << 32000, 'f'", "0, 'f'", "True, 'f'", "1, 'leak [3, 1, 2]'", "1, 'ab' + 'sent'", "None, 'f'", "1, 5"],
)
def test_a_frame_that_names_nothing_of_the_submission_is_left_out(subject, frame):
    f = subject(FORGED.format(frames=f"[('work.py', {frame}), ('work.py', 3, 'f'), ('/etc/x', 1, 'f')]")).find(
        "work", "f"
    )
    with pytest.raises(ValueError, match="x" * 100) as caught:
        f()
    told = raised(caught.value)
    assert [(each.line, each.function) for each in told.frames] == [(3, "f")]
    assert len(told.text) == 4000


def test_of_many_forged_frames_the_last_few_are_kept(subject):
    f = subject(FORGED.format(frames="[('work.py', 3, 'f')] * 20000")).find("work", "f")
    with pytest.raises(ValueError, match="x") as caught:
        f()
    assert len(raised(caught.value).frames) == 8


def test_a_stack_that_is_printed_names_nothing_but_the_submissions_own(subject):
    session = subject(
        """
        def f():
            print("Stack (most recent call first):")
            print('  File "work.py", line 3 in f\\n  File "work.py", line 3 in leak [3]', flush=True)
            import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)
            while True: pass
        """
    )
    f = session.find("work", "f")
    session.start(0.2)
    with pytest.raises(SubjectFault) as caught:
        f()
    assert {frame.function for frame in caught.value.frames} <= {"f"}


CLASSES = """
import os, struct, json, time
def f():
    new = [{{"number": 1000 + n, "name": "C", "bases": {bases}, "methods": [], "special": [], "error": None,
             "ufunc": False}} for n in range(450)]
    tree = {{"kind": "value", "value": None, "written": [], "held": [], "new": new}}
    text = json.dumps(tree).encode()
    os.write(3, struct.pack(">II", len(text), 0) + text)
"""


@pytest.mark.parametrize("bases", ["[1000 + k for k in range(n)][::-1]", "[999 + n][:n]"], ids=["wide", "deep"])
def test_many_forged_ancestors_are_refused_at_once(subject, bases):
    f = subject(CLASSES.format(bases=bases)).find("work", "f")
    begun = time.process_time()
    with pytest.raises(SubjectFault) as caught:
        f()
    assert caught.value.status is Status.CONTRACT
    assert time.process_time() - begun < 1


REBOUND = """
import os, struct, json
def f():
    text = json.dumps({{"kind": "value", "value": None, "rebound": {names}}}).encode()
    os.write(3, struct.pack(">II", len(text), 0) + text)
"""


@pytest.mark.parametrize("names", ["5", "[{}]", "[['f']]"])
def test_malformed_names_that_are_bound_anew_are_refused(subject, names):
    session = subject(REBOUND.format(names=names))
    f = session.find("work", "f")
    with pytest.raises(SubjectFault) as caught:
        f()
    assert caught.value.status is Status.CONTRACT


def test_a_flood_of_names_that_are_bound_anew_takes_no_time(subject):
    session = subject(REBOUND.format(names="[str(n) for n in range(400_000)] + ['f']"))
    f, begun = session.find("work", "f"), time.process_time()
    assert f() is None
    assert time.process_time() - begun < 2


def test_a_module_that_is_no_module_any_more_has_no_names(subject):
    session = subject("import sys\ndef f(): sys.modules[__name__] = 7\ndef g(): return 1")
    session.find("work", "g")
    session.find("work", "f")()
    with pytest.raises(NameError):
        session.find("work", "g")


def test_text_with_an_invalid_code_point_is_refused(subject):
    f = subject("import numpy as np\ndef f(): return np.frombuffer(b'\\xff' * 8, '<U1')").find("work", "f")
    with pytest.raises(SubjectFault, match="no character") as caught:
        f()
    assert caught.value.status is Status.CONTRACT


@pytest.mark.parametrize(
    "body", ["raise StopIteration", "class S(StopIteration): pass\n    raise S", "next(iter([]))"]
)
def test_a_call_does_not_end_the_tests_own_loop(subject, body):
    f = subject(f"def f(x):\n    {body}").find("work", "f")
    with pytest.raises(RuntimeError, match="StopIteration"):
        all(map(f, [1]))


def test_an_iterator_ends_a_loop(subject):
    it = subject(
        "class It:\n    def __iter__(s): return s\n    def __next__(s): raise StopIteration\nit = It()"
    ).find("work", "it")
    assert list(it) == []


def test_of_a_mock_its_calls_are_served_and_not_what_rules_it(subject):
    session = subject("def f(m): m.send(1); return m.status\ndef reach(m, name): return getattr(m, name)")
    m = mock.Mock(status=5)
    assert session.find("work", "f")(m) == 5
    for name in ("reset_mock", "call_args", "side_effect", "return_value", "mock_calls", "configure_mock", "called"):
        with pytest.raises(AttributeError):
            session.find("work", "reach")(m, name)
    m.send.assert_called_once_with(1)


def test_a_tests_own_subclass_serves_only_what_it_announced(subject):
    session = subject(
        """
        class Base:
            def run(self): return self.step()
            def reach(self, name):
                import sys
                ask = type(self).step.__closure__[2].cell_contents._ask
                return ask("invoke", type(self), name, (self,), {})
        """
    )

    class Mine(session.find("work", "Base")):
        def step(self):
            return 1

        def __reduce__(self):
            return Mine, ()

    assert Mine().run() == 1
    assert Mine().reach("step") == 1
    for name in ("__reduce__", "__reduce_ex__", "__getattr__", "__setattr__", "_tito_session", "reach"):
        with pytest.raises(AttributeError, match="public names only"):
            Mine().reach(name)


@pytest.mark.parametrize(
    "body",
    [
        "[open(f'{i}', 'w').close() for i in range(2_100)]",
        "[os.makedirs(f'a/{i}', exist_ok=True) for i in range(2_100)]",
        "[open(f'{i}', 'wb').write(bytes(15 << 20)) for i in range(18)]",
    ],
)
def test_a_subject_that_fills_its_folder_is_ended(subject, body):
    session = subject(f"import os, time\ndef f():\n    {body}\n    time.sleep(1)")
    with pytest.raises(SubjectFault, match="it has filled its folder"):
        session.find("work", "f")()
    assert session.fault.status is Status.MEMORY


def test_files_within_bounds_are_a_subjects_own_matter(subject):
    session = subject(
        "import time\ndef f():\n    [open(f'{i}', 'w').close() for i in range(1_000)]\n    time.sleep(0.2)\n    return 1"
    )
    assert session.find("work", "f")() == 1
