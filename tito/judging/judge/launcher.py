"""Starting subjects: what a warm zygote forks, or each a process of its own, as the system has it."""

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Protocol, Self

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.judge.beside import Beside, bring
from tito.judging.judge.packages import Place, imported_as, places
from tito.judging.plan import Given
from tito.records import dataclass
from tito.sandbox.landlock import NEWEST
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.limits import Limits
from tito.sandbox.scratch import remove
from tito.sandbox.system import portable

_TITO: Final = Path(__file__).parents[2]
_BOOT: Final = _TITO / "judging" / "subject" / "boot.py"
# What this side lends the other one: these folders alone, and of the packages around them the names.
_LENT: Final = ("judging/subject", "judging/wire", "sandbox")
COMMAND: Final = (sys.executable, "-s", "-P", "-S", str(_BOOT))
# What interpreters find their own library by, and Windows' libraries theirs.
_FINDING: Final = ("LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT")
_PATIENCE: Final = 20.0
_CLEARING: Final = 2.0
# struct ucred: process, user, group, as seen from here.
_CREDENTIALS: Final = struct.Struct("iII")


@dataclass(frozen=True, slots=True)
class Subject:
    """A started subject: its process, both ends that the judge reads and its scratch folder.

    `inner` is the process id that the zygote knows it by, which is another one where it has a namespace of its own.
    `layers` are what it has put on itself. `ask` asks one that was not forked where it is; its output is a file.
    """

    pid: int
    inner: int
    link: socket.socket
    output: int
    scratch: str
    layers: frozenset[Layer] = frozenset()
    ask: Callable[[], None] | None = None

    def close(self) -> None:
        """Close the ends that the judge reads."""
        self.link.close()
        os.close(self.output)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a subject ended: the signal that ended it, or its exit code."""

    signal: int
    code: int

    def __str__(self) -> str:
        if self.signal:
            return f"killed by {signal.Signals(self.signal).name}"
        return f"exit code {self.code}"


class Lender(Protocol):
    """What starts subjects and ends them: a zygote, or whoever has one."""

    def spawn(self) -> Subject:
        """Start a subject. Raises BrokenError where the machine refuses."""

    def end(self, subject: Subject) -> Ending:
        """Kill a subject if it still runs, remove what it left, and say how it ended. Raises BrokenError."""


class Starter(ABC):
    """Starts subjects, with the same modules and files around each. Close it, or use it in a `with` statement.

    `packages` are the installed packages that submissions may import besides the standard library; if it is to be
    `warm`, they are imported before a subject is asked for.
    """

    def __init__(
        self, level: Level, limits: Limits, packages: Iterable[str] = ("numpy",), *, warm: bool = True
    ) -> None:
        self.level = level
        # What a subject puts on itself; tests leave some out, and hold Landlock to an older ABI.
        self.layers = LAYERS[level]
        self._limits = asdict(limits)
        self._packages = tuple(packages)
        self._warm = warm
        # The modules that can be imported for them, with what they are built on.
        self.places = places(self._packages)
        self._modules: dict[str, str] = {}
        self._scratches = tempfile.mkdtemp(prefix="tito-")
        # Subjects are other users when root grades: each reaches its own folder and sees no other's name.
        Path(self._scratches).chmod(0o711)
        self._beside: Beside | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def _know(self) -> None:
        """Know the codecs of the packages here, too, while the other side gets ready."""
        # It imports numpy, which takes as long here as there.
        from tito.judging.wire.codecs import register  # noqa: PLC0415

        register(self.places)

    @abstractmethod
    def load(self, modules: Mapping[str, str]) -> None:
        """Make the prerequisite modules, dotted name → text, in order. Raises CourseError where one fails."""

    @abstractmethod
    def spawn(self, brought: Iterable[Given] = ()) -> Subject:
        """Start a subject, with what its student `brought`. Raises BrokenError where the machine refuses."""

    @abstractmethod
    def reap(self, subject: Subject) -> Ending:
        """Do as `end`, for a subject whose ends somebody else has."""

    @abstractmethod
    def restart(self) -> None:
        """Put a new process with the same modules in the place of one that has died or hangs."""

    @abstractmethod
    def close(self) -> None:
        """End whatever was started, and wait for it."""

    def stand_on(self, modules: Mapping[str, str]) -> None:
        """Have these prerequisite modules and no others. Raises CourseError where one fails."""
        if self._modules and self._modules != modules:
            self._modules = {}
            self.restart()
        if self._modules != modules or not modules:
            self.load(modules)

    @abstractmethod
    def rehearse(self) -> None:
        """Get ready for many subjects, where that saves each of them something."""

    def furnish(self, given: Iterable[Given]) -> None:
        """Let each subject from here on find these files of a lesson in its own folder, and no others."""
        if self._beside:
            self._beside.close()
        given = tuple(given)
        self._beside = Beside(given, self._scratches) if given else None

    @property
    def beside(self) -> str:
        """The folder where this process finds the lesson's files, "" where there are none."""
        return self._beside.own if self._beside else ""

    def spawned(self, brought: Iterable[Given] = ()) -> Subject:
        """Do as `spawn`, in a new process where this one has died. Raises BrokenError where the machine refuses."""
        try:
            return self.spawn(brought)
        except BrokenError:
            self.restart()
            return self.spawn(brought)

    def end(self, subject: Subject) -> Ending:
        """Kill a subject if it still runs, remove what it left, and say how it ended."""
        subject.close()
        return self.reap(subject)

    def _scratch(self, brought: Iterable[Given]) -> str:
        """Return a new folder for a subject, with what is given there and what its student brought."""
        scratch = tempfile.mkdtemp(dir=self._scratches, prefix="")
        if self._beside:
            self._beside.furnish(scratch)
        bring(brought, scratch)
        return scratch


def starter(level: Level, limits: Limits, packages: Iterable[str] = ("numpy",), *, warm: bool = True) -> Starter:
    """Return what starts subjects on this system."""
    if portable():
        from tito.judging.judge.portable import Portable  # noqa: PLC0415 - few systems need it

        return Portable(level, limits, packages, warm=warm)
    return Zygote(level, limits, packages, warm=warm)


class Zygote(Starter):
    """A warm process that forks subjects.

    It imports the packages once, but for those that start threads, with which no process is forked.
    """

    def __init__(
        self, level: Level, limits: Limits, packages: Iterable[str] = ("numpy",), *, warm: bool = True
    ) -> None:
        super().__init__(level, limits, packages, warm=warm)
        self.abi = NEWEST
        self.threaded: tuple[str, ...] = ()
        self._start()
        self._know()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_PATIENCE)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        with theirs:
            setting = setting_for(self._packages, self.places, theirs.fileno()) | {"scratches": self._scratches}
            setting["first"] = [name for name in setting["first"] if self._warm and name not in self.threaded]
            command = [*COMMAND, json.dumps(setting)]
            if self.level is Level.STRONG:
                from tito.sandbox import strong  # noqa: PLC0415 - few use it

                command = strong.around(command, _read(setting), [self._scratches])
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment(),
                start_new_session=True,
            )

    def load(self, modules: Mapping[str, str]) -> None:
        """See `Starter`."""
        self._modules |= modules
        reply = self._call("load", modules=list(modules.items()))
        check_loaded(reply)
        if reply["threaded"]:
            self.threaded = (*self.threaded, reply["threaded"])
            self.restart()

    def rehearse(self) -> None:
        """See `Starter`."""
        self._call("rehearse")

    def spawn(self, brought: Iterable[Given] = ()) -> Subject:
        """See `Starter`."""
        scratch, beside = self._scratch(brought), self._beside
        link, wire = socket.socketpair()
        output, printed = os.pipe()
        try:
            request = {"scratch": scratch, "layers": sorted(self.layers), "abi": self.abi, "limits": self._limits}
            request |= {"given": beside.folder if beside else "", "folders": bool(beside and beside.holds_folders)}
            started = self._call("fork", [wire.fileno(), printed], **request)
        except BaseException:
            link.close()
            os.close(output)
            remove(scratch)
            raise
        finally:
            wire.close()
            os.close(printed)
        os.set_blocking(output, False)
        return Subject(started["sender"], started["pid"], link, output, scratch, self.layers)

    def reap(self, subject: Subject) -> Ending:
        """See `Starter`."""
        try:
            status = self._call("reap", pid=subject.inner)["status"]
        except BrokenError:
            with contextlib.suppress(OSError):
                os.killpg(subject.pid, signal.SIGKILL)
            raise
        finally:
            # What is left then goes with the folder of all scratches.
            remove(subject.scratch, _CLEARING)
        return Ending(os.WTERMSIG(status), 0) if os.WIFSIGNALED(status) else Ending(0, os.WEXITSTATUS(status))

    def restart(self) -> None:
        """See `Starter`."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._start()
        self.load(self._modules)

    def close(self) -> None:
        """End the zygote and wait for it."""
        self.furnish(())
        self._control.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        remove(self._scratches)

    def _call(self, do: str, descriptors: list[int] | None = None, **request: Any) -> dict[str, Any]:
        text = json.dumps({"do": do, **request}).encode() + b"\n"
        try:
            sent = socket.send_fds(self._control, [text], descriptors or [])
            self._control.sendall(text[sent:])
            reply, sender = b"", 0
            while not reply.endswith(b"\n"):
                part, extra, _, _ = self._control.recvmsg(1 << 16, socket.CMSG_SPACE(_CREDENTIALS.size))
                if not part:
                    raise ConnectionResetError
                reply += part
                sender = next(
                    (_CREDENTIALS.unpack(data)[0] for _, kind, data in extra if kind == socket.SCM_CREDENTIALS),
                    sender,
                )
        except OSError:
            what = "the process that starts subjects has died or hangs"
            raise BrokenError(Problem(what, "Run `tito doctor` to see what this machine lacks.")) from None
        answer: dict[str, Any] = json.loads(reply)
        return answer | {"sender": sender}


def check_loaded(reply: Mapping[str, Any]) -> None:
    """Raise CourseError where a subject's side says that a prerequisite cannot be made."""
    if "error" in reply:
        what = f"the prerequisite {reply['module']} cannot be imported: {reply['error']}"
        raise CourseError(Problem(what, "Export a working version of it first."))


def environment() -> dict[str, str]:
    """Return what the process around subjects is started with."""
    # Some interpreters find their own library by LD_LIBRARY_PATH; the subject's environment loses it again.
    kept = {name: os.environ[name] for name in _FINDING if name in os.environ}
    # One thread each, for a zygote may have no more; and no window, where a plot would open one.
    own = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    # A set of strings has one order on both sides.
    own["PYTHONHASHSEED"] = os.environ.get("PYTHONHASHSEED", "0")
    return own | kept


def setting_for(packages: Sequence[str], found: Mapping[str, Place], control: int | None) -> dict[str, Any]:
    """Return what the process around subjects is told; without a `control` socket, it is a subject alone."""
    # A package that holds lent ones is found nowhere itself: nothing else in it can be imported.
    names = {f"tito.{each.replace('/', '.')}": str(_TITO / each) for each in _LENT}
    around = dict.fromkeys(("tito", "tito.judging"), "")
    first = [name for package in packages for name in imported_as(package) if not name.startswith("_")]
    return {
        "packages": around | names, "places": found, "bundled": _bundled(found), "first": first, "control": control,
        "allowed": list(packages),
    }  # fmt: skip


def _files(found: Mapping[str, Place]) -> list[str]:
    return [each for origin, folders in found.values() for each in folders or [origin or ""] if each]


def _bundled(found: Mapping[str, Place]) -> list[str]:
    """Return the folders of shared libraries that wheels bring beside their packages."""
    return sorted({str(path) for each in _files(found) for path in Path(each).parent.glob("*.libs")})


def _read(setting: dict[str, Any]) -> list[str]:
    """Return what the zygote reads: tito's child-side modules, the packages and the libraries that wheels bring."""
    own = [path for path in setting["packages"].values() if path]
    return [*own, *_files(setting["places"]), *setting["bundled"]]
