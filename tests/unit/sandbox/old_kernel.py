"""Run a command as on a kernel that lacks some system calls: `python old_kernel.py ERRNO CALL[,CALL…] COMMAND…`."""

import ctypes
import errno
import os
import struct
import sys

from tito.sandbox import privileges, seccomp, syscalls


def main(code, calls, *command):
    steps = [(seccomp._LOAD, 0, 0, 0)]
    for name in calls.split(","):
        steps += [(seccomp._EQUAL, 0, 1, syscalls.number(name)), seccomp._end(seccomp._ERRNO | getattr(errno, code))]
    steps.append(seccomp._end(seccomp._ALLOW))
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    privileges.no_new_privileges()
    header = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    syscalls.syscall("prctl", seccomp._SET_SECCOMP, seccomp._MODE_FILTER, header, 0, 0)
    os.execv(command[0], command)  # noqa: S606 - the tests' own command


if __name__ == "__main__":
    main(*sys.argv[1:])
