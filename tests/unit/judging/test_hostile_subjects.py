"""What a hostile subject may do to the judge's own process: nothing that outlives its test."""

import os
import socket

import numpy as np
import pytest

from tito.judging.judge.bench import bounded
from tito.judging.judge.calls import Call, CallLog
from tito.judging.judge.channel import Channel
from tito.judging.judge.faults import SubjectFault
from tito.model.outcome import Status


def test_an_integer_too_long_to_write_does_not_stop_the_explanation():
    log = CallLog()
    log.add(Call("get", 1, "n", result={"k": 10**5000}))
    assert log.last() == ("1.n  →  <dict too long to write>",)


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
