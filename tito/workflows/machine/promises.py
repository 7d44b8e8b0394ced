"""What confinement promises, each as a probe: a submission that fails, or dies, exactly where the promise holds."""

from collections.abc import Iterator
from typing import Final

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.model.outcome import Status
from tito.records import dataclass
from tito.sandbox.levels import Layer
from tito.sandbox.trial import counts_threads

# What every subject has, whatever the level: a process of its own, started afresh.
PROCESS: Final = "process"
_SECONDS: Final = 1


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that a confined subject must not be able to do: whether trying it failed, and how.

    `layer` is the layer that stops it, or PROCESS.
    """

    layer: str
    promise: str
    held: bool
    found: str


_ENVIRONMENT: Final = """
import os
assert os.environ.keys() - {"HOME", "TMPDIR", "LANG", "PATH", "OPENBLAS_NUM_THREADS"}
"""
_OPEN_FILES: Final = """
import os
for number in range(4, 64):
    try:
        os.fstat(number)
        break
    except OSError:
        continue
else:
    raise OSError("none is")
"""
_DEATH_SIGNAL: Final = """
import ctypes
found = ctypes.c_int()
assert ctypes.CDLL(None).prctl(2, ctypes.c_void_p(ctypes.addressof(found)), 0, 0, 0) == 0
assert not found.value
"""
_THREADS: Final = """
import threading
threading.stack_size(1 << 16)
for _ in range(100):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
_LARGE: Final = "with open('big', 'wb') as f:\n    f.seek(1 << 26)\n    f.write(b'x')"
_OUTSIDE: Final = "import os\nopen('../../tito-doctor', 'w')\nos.remove('../../tito-doctor')"
_DATAGRAM: Final = "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
_SIGNAL: Final = "import fcntl, os\nfcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())"
_TIMES: Final = "import os\nopen('a', 'w').close()\nos.utime('a', (0, 0))"
_PROBES: Final = (
    (PROCESS, "it starts in an empty folder of its own", "import os\nassert os.listdir('.')"),
    (PROCESS, "the judge's environment is not there", _ENVIRONMENT),
    (PROCESS, "standard input is empty", "input()"),
    (PROCESS, "no file of the judge's is open", _OPEN_FILES),
    (PROCESS, "it leads a session of its own", "import os\nassert os.getsid(0) != os.getpid()"),
    (PROCESS, "an endless loop is ended", "while True: pass"),
    (PROCESS, "tito, its packages and the course cannot be imported", "import pytest"),
    (Layer.LIMITS, "more than 1 GB of memory is refused", "import mmap\nmmap.mmap(-1, 1280 << 20)"),
    (Layer.LIMITS, "a file of 64 MB is cut off", _LARGE),
    (Layer.LIMITS, "a thousand open files are refused", "held = [open('x' + str(i), 'w') for i in range(1000)]"),
    (Layer.LIMITS, "it dumps no core", "import resource\nassert resource.getrlimit(resource.RLIMIT_CORE)[1]"),
    (Layer.LANDLOCK, "the graders, the gradebook and tito cannot be read", "open(JUDGE).read()"),
    (Layer.LANDLOCK, "the system's settings cannot be read", "open('/etc/passwd').read()"),
    (Layer.LANDLOCK, "other processes cannot be listed", "import os\nos.listdir('/proc')"),
    (Layer.LANDLOCK, "no file can be made outside its folder", _OUTSIDE),
    (Layer.LANDLOCK, "no link can be made", "import os\nos.symlink('/etc/passwd', 'link')"),
    (Layer.SECCOMP, "no process or program can be started", "import os\nif os.fork() == 0: os._exit(0)"),
    (Layer.SECCOMP, "no network can be used", _DATAGRAM),
    (Layer.SECCOMP, "no other process can be signalled", _SIGNAL),
    (Layer.SECCOMP, "modes and times of files cannot be changed", _TIMES),
    (Layer.SECCOMP, "no memory can be shared or left behind", "import os\nos.memfd_create('left')"),
    (Layer.PRIVILEGES, "it ends with the process that started it", _DEATH_SIGNAL),
    (Layer.USER, "it is not root", "import os\nassert os.getuid() == 0"),
)
# The limit holds where the user's layer has the threads counted apart.
_COUNTED: Final = ((Layer.LIMITS, "a hundred threads are refused", _THREADS),)


def tried(zygote: Zygote, judge: str) -> Iterator[Promise]:
    """Try every promise in a subject of its own; `judge` is a file that only the judge may read."""
    for layer, promise, source in (*_PROBES, *(_COUNTED if counts_threads() else ())):
        found = _stopped(zygote, f"JUDGE = {judge!r}\n{source}")
        yield Promise(layer, promise, bool(found), found or "it could")


def _stopped(zygote: Zygote, source: str) -> str:
    """Return how a probe was stopped, or "" where it was not."""
    session = Session(zygote, zygote.spawn(), Contract(), ())
    try:
        session.ready()
        session.start(_SECONDS)
        failed = session.run("probe", [("probe", 1, source)])
    except SubjectFault as fault:
        return "stopped: no answer in time" if fault.status is Status.TIMEOUT else f"stopped: {fault.message}"
    finally:
        session.close()
    if not failed:
        return ""
    name = failed[0][1].name
    return "as promised" if name == "AssertionError" else f"refused: {name}"
