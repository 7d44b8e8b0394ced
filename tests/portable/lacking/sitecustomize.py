"""Takes away what Windows has not, in this process and in all that it starts: put this folder on PYTHONPATH.

Python's own library keeps what it needs to run on this system: there, it has other code for Windows.
"""

import builtins
import importlib.util
import os
import select
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

HERE = str(Path(__file__).absolute())
TAKEN = {"resource", "fcntl", "termios", "tty", "pwd", "grp"}
LIBRARY = str(Path(os.__file__).absolute().parent)
KILL = getattr(signal, "SIGKILL", 9)
NOT_A_SOCKET = 10038


def is_library(names):
    """Whether these globals are of a module of Python's own library, or of an installed one."""
    path = str(names.get("__file__") or LIBRARY)
    installed = path.startswith(LIBRARY + os.sep) or "site-packages" in path
    return installed and not names.get("__name__", "").startswith("tito.")


def take(module, *names):
    """Take names from a module for everybody but libraries, which tell systems apart in other ways."""
    taken = {name: vars(module).pop(name) for name in names if hasattr(module, name)} | vars(module).pop("TAKEN", {})

    def lent(name):
        if name in taken and is_library(sys._getframe(1).f_globals):
            return taken[name]
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    module.TAKEN, module.__getattr__ = taken, lent


def without_modules():
    real, find = builtins.__import__, importlib.util.find_spec

    def imported(name, names=None, locals_=None, fromlist=(), level=0):
        if name in TAKEN and level == 0 and not is_library(names or {"__file__": HERE}):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, names, locals_, fromlist, level)

    builtins.__import__ = imported
    importlib.util.find_spec = lambda name, package=None: None if name in TAKEN else find(name, package)


def without_folders_as_descriptors():
    opened, scanned = os.open, os.scandir
    for each in (os.supports_dir_fd, os.supports_fd):
        each.clear()

    def open_by_path(path, flags, mode=0o777, *, dir_fd=None):
        if dir_fd is not None:
            raise NotImplementedError("dir_fd unavailable on this platform")
        return opened(path, flags, mode)

    def scan_by_path(path="."):
        if isinstance(path, int):
            raise TypeError("scandir: path should be string, bytes, os.PathLike or None, not int")
        return scanned(path)

    os.open, os.scandir = open_by_path, scan_by_path


def with_select_of_sockets_alone():
    real = select.select

    def chosen(reading, writing, broken, timeout=None):
        if not is_library(sys._getframe(1).f_globals):
            for each in (*reading, *writing, *broken):
                number = each if isinstance(each, int) else each.fileno()
                if not stat.S_ISSOCK(os.fstat(number).st_mode):
                    raise OSError(NOT_A_SOCKET, "this is not a socket")
        return real(reading, writing, broken, timeout)

    select.select = chosen


def with_pairs_over_loopback():
    def pair(family=socket.AF_INET, kind=socket.SOCK_STREAM, proto=0):
        with socket.create_server(("127.0.0.1", 0)) as server:
            one = socket.create_connection(server.getsockname())
            other, _ = server.accept()
        return one, other

    socket.socketpair = pair


class Popen(subprocess.Popen):
    """A process without inherited descriptors, and with all this taken away from it as well."""

    def __init__(self, args, *more, **named):
        if named.get("pass_fds") or named.get("preexec_fn"):
            raise ValueError("pass_fds and preexec_fn are not supported on Windows platforms")
        if not isinstance(args, str) and "-S" in args and args[0] == sys.executable:
            args = without_site([*args])
        super().__init__(args, *more, **named)

    def kill(self):
        self.send_signal(KILL)


def without_site(command):
    """Return the command of an interpreter that imports no sitecustomize, with this before whatever it runs."""
    place = command.index("-S") + 1
    first = f"import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path({HERE!r}); "
    return [*command[:place], "-c", first + "runpy.run_path(sys.argv[0], run_name='__main__')", *command[place:]]


# Windows itself has none of it, and its descriptors are no sockets.
if os.name == "posix":
    take(os, "fork", "forkpty", "setsid", "getuid", "geteuid", "getgid", "getegid", "getgroups", "killpg", "getpgid")
    take(os, "getpgrp", "setpgid", "chown", "lchown", "fchown", "wait4", "sched_getaffinity", "sched_setaffinity")
    take(
        os, "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK", "O_PATH", "WIFSIGNALED", "WTERMSIG", "WEXITSTATUS"
    )
    take(select, "poll", "epoll")
    take(
        socket, "AF_UNIX", "SCM_RIGHTS", "SO_PASSCRED", "SCM_CREDENTIALS", "MSG_DONTWAIT", "MSG_NOSIGNAL", "send_fds"
    )
    take(socket, "recv_fds", "CMSG_LEN", "CMSG_SPACE")
    take(time, "clock_gettime")
    take(
        signal,
        "SIGKILL",
        "SIGALRM",
        "SIGUSR1",
        "SIGUSR2",
        "SIGPROF",
        "SIGHUP",
        "SIGBUS",
        "SIGTRAP",
        "SIGSYS",
        "SIGSTOP",
    )
    take(signal, "setitimer", "getitimer", "alarm", "pthread_sigmask", "pthread_kill")
    without_modules()
    without_folders_as_descriptors()
    with_select_of_sockets_alone()
    with_pairs_over_loopback()
    subprocess.Popen = Popen
