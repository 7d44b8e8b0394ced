"""Probes: each is a submission that gets through exactly where the one layer that guards against it is off.

As a script, run by the user it is started as, it prints a JSON list of what came of them:
`python probes.py OPEN_FOLDER` → [[probe, the layer that was off or "", Landlock's ABI, "through" or why not], …].
"""

import json
import os
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ROOT_ONLY, ORDINARY_ONLY = "root", "ordinary"
PEER = "import os, socket\nlink = socket.socket(fileno=os.dup(3))\nlink.getsockopt(socket.SOL_SOCKET, "
PRCTL = "import ctypes\nask = lambda *a: ctypes.CDLL(None).prctl(*map(ctypes.c_long, (*a, 0, 0, 0, 0)[:5]))\n"
CALL = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"


@dataclass(frozen=True)
class Probe:
    """One thing to try: the layer that stops it, its source, and who can try it. `abi` is the newest that lets it."""

    name: str
    layer: str
    source: str
    who: str = ""
    abi: int = 99
    kernel: tuple[int, int] = (0, 0)


PROBES = [
    Probe("read a file of the system", "landlock", "open('/etc/passwd').read()"),
    Probe("read the course's graders", "landlock", "open(COURSE + '/graders/02_activations/lock.json').read()"),
    Probe("read a submission", "landlock", "open(COURSE + '/samples/expected.json').read()"),
    Probe("read an installed package", "landlock", "open(PYTEST).read()"),
    Probe("list the root folder", "landlock", "import os\nos.listdir('/')"),
    Probe("list /proc", "landlock", "import os\nos.listdir('/proc')"),
    Probe("read its own status", "landlock", "open('/proc/self/status').read()"),
    Probe("read its parent's command line", "landlock", "import os\nopen(f'/proc/{os.getppid()}/cmdline').read()"),
    Probe("write outside of scratch", "landlock", "open(OPEN + '/new', 'w').write('x')"),
    Probe("empty a file outside of scratch", "landlock", "import os\nos.open(OPEN + '/victim', os.O_WRONLY | os.O_TRUNC)"),
    Probe("remove a file outside of scratch", "landlock", "import os\nos.remove(OPEN + '/victim')"),
    Probe("make a folder outside of scratch", "landlock", "import os\nos.mkdir(OPEN + '/folder')"),
    Probe("move a file out of scratch", "landlock", "import os\nopen('a', 'w').close()\nos.rename('a', OPEN + '/a')"),
    Probe("make a symbolic link", "landlock", "import os\nos.symlink('/etc/passwd', 'link')"),
    Probe("make a shared memory file", "landlock", "open('/dev/shm/tito-probe', 'w').write('x')\nimport os\nos.remove('/dev/shm/tito-probe')"),
    # The limit of processes is 0 for an ordinary user whom no filter confines.
    Probe("fork", "seccomp", "import os\nif os.fork() == 0: os._exit(0)", ROOT_ONLY),
    Probe("open an internet socket", "seccomp", "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    Probe("open a local socket", "seccomp", "import socket\nsocket.socket(socket.AF_UNIX)"),
    Probe("make a pair of sockets", "seccomp", "import socket\nsocket.socketpair()"),
    Probe("signal its parent", "seccomp", "import os\nos.kill(os.getppid(), 0)", ORDINARY_ONLY, abi=5),
    Probe("have the kernel signal its parent", "seccomp", "import fcntl, os\nfcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())"),
    Probe("open a handle of a process", "seccomp", "import os\nos.pidfd_open(os.getpid())"),
    Probe("ask who is at the other end", "seccomp", PEER + "socket.SO_PEERCRED, 12)"),
    Probe("get a handle on the judge", "seccomp", PEER + "77, 4)", kernel=(6, 5)),
    Probe("set an option of the judge's link", "seccomp", PEER.replace("getsockopt", "setsockopt") + "socket.SO_PASSCRED, 1)"),
    Probe("change a file's mode", "seccomp", "import os\nopen('a', 'w').close()\nos.chmod('a', 0o777)"),
    Probe("change a file's times", "seccomp", "import os\nopen('a', 'w').close()\nos.utime('a', (0, 0))"),
    Probe("cut a file by its name", "seccomp", "import os\nopen('a', 'w').close()\nos.truncate('a', 0)"),
    Probe("change a file's attributes", "seccomp", "import os\nopen('a', 'w').close()\nos.chown('a', os.getuid(), os.getgid())"),
    Probe("make a file in memory", "seccomp", "import os\nos.memfd_create('a')"),
    Probe("watch a folder", "seccomp", CALL + "assert libc.inotify_init1(0) >= 0"),
    Probe("make shared memory", "seccomp", CALL + "key = libc.shmget(0, 4096, 0o1600)\nassert key >= 0\nlibc.shmctl(key, 0, None)"),
    Probe("leave shared tables", "seccomp", CALL + "assert libc.unshare(0x400) == 0"),
    Probe("change its priority", "seccomp", "import os\nos.nice(1)"),
    Probe("choose its processor", "seccomp", "import os\nos.sched_setaffinity(0, os.sched_getaffinity(0))"),
    Probe("be readable for others again", "seccomp", PRCTL + "assert ask(4, 1) == 0"),
    Probe("outlive its parent", "privileges", PRCTL.replace("ask =", "found = ctypes.c_int()\nask =") + "assert ask(2, ctypes.addressof(found)) == 0\nassert found.value == 0"),
    Probe("be readable for others", "privileges", PRCTL + "assert ask(3) == 1", ORDINARY_ONLY),
    Probe("be root", "user", "import os\nassert os.getuid() == 0", ROOT_ONLY),
    Probe("own its parent's files", "user", "import os\nassert os.stat(OPEN + '/victim').st_uid == os.getuid()", ROOT_ONLY),
    Probe("start a hundred threads", "user", "import threading\nstop = threading.Event()\nthreading.stack_size(1 << 16)\nfor _ in range(100): threading.Thread(target=stop.wait, daemon=True).start()"),
    Probe("take much memory", "limits", "import mmap\nmmap.mmap(-1, 1280 << 20)"),
    Probe("write a large file", "limits", "with open('a', 'wb') as f:\n    f.seek(32 << 20)\n    f.write(b'x')"),
    Probe("open many files", "limits", "held = [open('/dev/null') for _ in range(100)]"),
    Probe("dump core", "limits", "import resource\nassert resource.getrlimit(resource.RLIMIT_CORE)[1] != 0"),
]  # fmt: skip


def main(folder):
    from tito.judging.judge.launcher import Zygote
    from tito.sandbox.landlock import NEWEST
    from tito.sandbox.levels import Layer, Level
    from tito.sandbox.limits import Limits
    from tito.sandbox.trial import counts_threads

    who = ROOT_ONLY if os.geteuid() == 0 else ORDINARY_ONLY
    kernel = tuple(int(each) for each in re.findall(r"\d+", os.uname().release)[:2])
    probes = [each for each in PROBES if each.who in {"", who} and each.kernel <= kernel]
    probes = [each for each in probes if each.layer != "user" or counts_threads()]
    rows = []
    with Zygote(Level.STANDARD, Limits(cpu=10)) as zygote:
        zygote.load({})
        for abi in (NEWEST, 3, 1):
            zygote.abi, zygote.layers = abi, frozenset(Layer)
            rows += [[each.name, "", abi, tried(zygote, each, folder)] for each in probes]
        for each in probes:
            zygote.abi, zygote.layers = min(each.abi, NEWEST), frozenset(Layer) - {Layer(each.layer)}
            rows.append([each.name, each.layer, zygote.abi, tried(zygote, each, folder)])
    json.dump(rows, sys.stdout)


def tried(zygote, probe, folder):
    """Return "through", or what stopped the probe."""
    from tito.judging.judge.contract import Contract
    from tito.judging.judge.faults import SubjectFault
    from tito.judging.judge.session import Session

    victim = Path(folder, "victim")
    for path in Path(folder).iterdir():
        path.rmdir() if path.is_dir() else path.unlink()
    victim.write_text("still here")
    victim.chmod(0o666)
    import pytest

    names = f"COURSE, OPEN, PYTEST = {str(ROOT)!r}, {str(folder)!r}, {pytest.__file__!r}\n"
    session = Session(zygote, zygote.spawn(), Contract(), ())
    try:
        session.ready()
        session.start(5)
        failed = session.run("probe", [("probe", 1, names + textwrap.dedent(probe.source))])
    except SubjectFault as fault:
        return f"{fault.message} {session.printed()}"
    finally:
        session.close()
    return f"{failed[0][1].name}: {failed[0][1].text}" if failed else "through"


if __name__ == "__main__":
    main(*sys.argv[1:])
