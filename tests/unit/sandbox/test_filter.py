"""The filter's program, run by a small machine of our own on the calls that matter."""

import errno
import os

import pytest

from tito.sandbox import seccomp, syscalls

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSED, UNKNOWN = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
PID = 4711
LOAD, EQUAL, AT_LEAST, ABOVE, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x25, 0x45, 0x06


def run(program, number, *arguments, architecture=None):
    """Return what the kernel would: jumps are relative to the next instruction."""
    architecture = syscalls.ARCHITECTURES[os.uname().machine] if architecture is None else architecture
    words = {0: number, 4: architecture, **{16 + 8 * place: each for place, each in enumerate(arguments)}}
    at, loaded = 0, 0
    while True:
        code, true, false, value = program[at]
        at += 1
        match code:
            case 0x20:
                loaded = words.get(value, 0)
            case 0x06:
                return value
            case _:
                tests = {EQUAL: loaded == value, AT_LEAST: loaded >= value, ABOVE: loaded > value}
                at += true if tests.get(code, bool(loaded & value)) else false


@pytest.fixture(scope="module")
def program():
    return seccomp.program(PID)


def number(name):
    return syscalls.number(name)


@pytest.mark.parametrize("name", sorted(seccomp._REFUSED.split()))
def test_a_refused_call_is_refused(program, name):
    if number(name) is None:
        pytest.skip("this machine has no such call")
    assert run(program, number(name)) == REFUSED


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("kill", (PID,), ALLOW),
        ("kill", (PID + 1,), REFUSED),
        ("kill", (0,), REFUSED),
        ("kill", (0xFFFFFFFF,), REFUSED),
        ("tgkill", (PID, 5), ALLOW),
        ("tgkill", (1, 1), REFUSED),
        ("prlimit64", (0,), ALLOW),
        ("prlimit64", (PID,), ALLOW),
        ("prlimit64", (1,), REFUSED),
        ("clone", (0x10000 | 0x100,), ALLOW),
        ("clone", (17,), REFUSED),
        ("clone3", (), UNKNOWN),
        ("prctl", (15,), ALLOW),
        ("prctl", (4,), REFUSED),
        ("getsockopt", (3, 1, 3), ALLOW),
        ("getsockopt", (3, 1, 39), ALLOW),
        ("getsockopt", (3, 1, 17), REFUSED),
        ("getsockopt", (3, 1, 77), REFUSED),
        ("getsockopt", (3, 1, 0x10000 | 3), REFUSED),
        ("fcntl", (3, 1), ALLOW),
        ("fcntl", (3, 8), REFUSED),
        ("ioctl", (0, 0x5413), ALLOW),
        ("ioctl", (0, 0x5412), REFUSED),
        ("ioctl", (0, 0x8901), REFUSED),
    ],
)
def test_a_call_is_judged_by_its_arguments(program, name, arguments, result):
    assert run(program, number(name), *arguments) == result


def test_reading_and_whatever_is_not_named_goes(program):
    named = {number(name) for name in syscalls._NUMBERS}
    for each in set(range(syscalls.LAST + 1)) - named:
        assert run(program, each) == ALLOW


def test_calls_of_a_newer_kernel_do_not_exist(program):
    assert {run(program, syscalls.LAST + each) for each in (1, 2, 1000)} == {UNKNOWN}


def test_another_architecture_is_killed(program):
    assert run(program, 0, architecture=0x40000003) == KILL
    assert run(program, 0x40000000) == KILL


def test_jumps_fit_into_a_byte(program):
    assert max(max(true, false) for _, true, false, _ in program) < 256
    assert len(program) < 4096
