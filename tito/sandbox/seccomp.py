"""seccomp: which system calls a process may make, as a program for the kernel's packet filter.

Refused calls fail with EPERM, unknown ones with ENOSYS; a call of another architecture's kills the process. The
filter says what Landlock has no word for: processes, sockets, attributes and times of files. See seccomp(2).
"""

import ctypes
import errno
import os
import struct
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from tito.sandbox.syscalls import ARCHITECTURES, LAST, machine, number, syscall

_REFUSED: Final = """
fork vfork execve execveat setsid setpgid
socket socketpair connect accept accept4 bind listen sendmsg sendmmsg recvmsg recvmmsg setsockopt
rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal pidfd_open pidfd_getfd
ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
setpriority ioprio_set sched_setparam sched_setscheduler sched_setattr sched_setaffinity
migrate_pages move_pages perf_event_open
seccomp personality capset setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups
unshare setns mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick move_mount open_tree open_tree_attr
mount_setattr statmount listmount
add_key request_key keyctl bpf userfaultfd io_uring_setup io_uring_enter io_uring_register
io_setup io_submit io_destroy io_cancel io_getevents io_pgetevents
fanotify_init fanotify_mark inotify_init inotify_init1 inotify_add_watch name_to_handle_at open_by_handle_at
quotactl quotactl_fd swapon swapoff reboot sethostname setdomainname init_module finit_module delete_module
kexec_load kexec_file_load iopl ioperm acct settimeofday clock_settime adjtimex clock_adjtime syslog vhangup
nfsservctl lookup_dcookie modify_ldt uselib _sysctl sysfs ustat lsm_set_self_attr
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat file_setattr
setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
truncate utime utimes futimesat utimensat mknod mknodat splice tee vmsplice sync syncfs memfd_create memfd_secret
shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
"""
_CLONE_THREAD: Final = 0x10000
# Names of threads and of memory, and asking what is set: PR_GET_PDEATHSIG, _DUMPABLE, _NO_NEW_PRIVS.
_PRCTL: Final = (15, 16, 0x53564D41, 2, 3, 39)
# SO_TYPE, _ERROR, _PROTOCOL and _DOMAIN, which make a socket of a descriptor. Of others, SO_PEERPIDFD is a handle on
# the process at the other end, which is the judge, and SO_PEERCRED says which one that is.
_SOCKET_OPTIONS: Final = (3, 4, 38, 39)
# F_SETOWN, F_SETSIG and F_SETOWN_EX have the kernel signal another process; F_SETLEASE and F_NOTIFY watch files.
_FCNTL: Final = (8, 10, 15, 1024, 1026)
# TIOCSTI, TIOCLINUX and TIOCSCTTY write into or take a terminal; FIOSETOWN and SIOCSPGRP are F_SETOWN again.
_IOCTL: Final = (0x5412, 0x541C, 0x540E, 0x8901, 0x8902)

# <linux/seccomp.h> and <linux/filter.h>
_SET_SECCOMP, _MODE_FILTER = 22, 2
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _X32 = 0, 4, 0x40000000
_Step = tuple[int, int, int, int]
_STEP: Final = struct.Struct("HBBI")
# Stands for the process's own id, which is known after the fork only; no process has it.
_OWN: Final = 0xFFFFFFFF


def install() -> None:
    """Put the filter on the calling thread, for good. It must have set no_new_privs."""
    code, own = prepared()
    buffer = ctypes.create_string_buffer(code, len(code))
    for place in own:
        struct.pack_into("I", buffer, place, os.getpid())
    header = struct.pack("HxxxxxxP", len(code) // _STEP.size, ctypes.addressof(buffer))
    syscall("prctl", _SET_SECCOMP, _MODE_FILTER, header, 0, 0)


@cache
def prepared() -> tuple[bytes, tuple[int, ...]]:
    """Return the filter as the kernel takes it, and where in it the process's own id belongs."""
    steps = program(_OWN)
    own = tuple(_STEP.size * (at + 1) - 4 for at, step in enumerate(steps) if step[3] == _OWN)
    return b"".join(_STEP.pack(*step) for step in steps), own


def program(pid: int) -> list[_Step]:
    """Return the filter for process `pid`, which may signal and limit itself alone, as (code, true, false, value).

    Calls are found by bisection: the kernel runs the filter for each of them when it takes it.
    """
    rules = {each: [_end(_EPERM)] for each in _numbers(*_REFUSED.split())}
    rules |= dict.fromkeys(_numbers("kill", "tkill", "tgkill"), _only(0, [pid]))
    clone = [_argument(0), (_ANY_BIT, 0, 1, _CLONE_THREAD), _end(_ALLOW), _end(_EPERM)]
    for name, steps in (
        ("clone", clone),
        ("clone3", [_end(_ENOSYS)]),
        ("prlimit64", _only(0, [0, pid])),
        ("prctl", _only(0, _PRCTL)),
        ("getsockopt", _only(2, _SOCKET_OPTIONS)),
        ("fcntl", _but(1, _FCNTL)),
        ("ioctl", _but(1, _IOCTL)),
    ):
        rules |= dict.fromkeys(_numbers(name), steps)
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, ARCHITECTURES[machine()]),
        _end(_KILL),
        (_LOAD, 0, 0, _NUMBER),
        *_bisect(_ranges(rules)),
    ]


def _numbers(*names: str) -> list[int]:
    return [found for name in names if (found := number(name)) is not None]


def _ranges(rules: Mapping[int, list[_Step]]) -> list[tuple[int, list[_Step]]]:
    """Return where each range of calls that share a rule begins, with the rule."""
    allowed, ranges = [_end(_ALLOW)], list[tuple[int, list[_Step]]]()
    for each in range(LAST + 1):
        rule = rules.get(each, allowed)
        if not ranges or ranges[-1][1] != rule:
            ranges.append((each, rule))
    return [*ranges, (LAST + 1, [_end(_ENOSYS)]), (_X32, [_end(_KILL)])]


def _bisect(ranges: Sequence[tuple[int, list[_Step]]]) -> list[_Step]:
    if len(ranges) == 1:
        return ranges[0][1]
    half = len(ranges) // 2
    below, above = _bisect(ranges[:half]), _bisect(ranges[half:])
    return [(_AT_LEAST, len(below), 0, ranges[half][0]), *below, *above]


def _only(place: int, values: Sequence[int]) -> list[_Step]:
    return [_argument(place), *_among(values, _ALLOW), _end(_EPERM)]


def _but(place: int, values: Sequence[int]) -> list[_Step]:
    return [_argument(place), *_among(values, _EPERM), _end(_ALLOW)]


def _among(values: Sequence[int], result: int) -> list[_Step]:
    """Return `result` where the loaded word is one of `values`, and go on where not."""
    last = len(values) - 1
    tests = [(_EQUAL, last - at, int(at == last), value) for at, value in enumerate(values)]
    return [*tests, _end(result)]


def _argument(place: int) -> _Step:
    # The lower word: the kernel takes these as int, and tests no bit above.
    return (_LOAD, 0, 0, 16 + 8 * place)


def _end(result: int) -> _Step:
    return (_RETURN, 0, 0, result)
