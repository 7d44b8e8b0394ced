"""`tito similar`: which submissions of a class share passages, with each other and with those of earlier years."""

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Final, Self, cast

from tito.collection.folders import Found, read
from tito.collection.tree import suffix
from tito.errors import BrokenError, Problem, UnreadableError
from tito.model.course import Course, Module
from tito.model.document import Document, Kind
from tito.model.submission import Left
from tito.records import dataclass
from tito.release.strip import release
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.system import portable, reason
from tito.similarity.pairs import Pair, Read, clusters, pairs
from tito.similarity.passages import Passage, hashes
from tito.source.magics import without_magics
from tito.workflows.course.opening import find_module, unmarked_of
from tito.workflows.course.sources import parse_source
from tito.workflows.grading.grade import look
from tito.workflows.grading.judges import processors
from tito.workflows.grading.reader import COMMAND, SIZE, first_message, size_of, unpacked
from tito.workflows.machine.sandbox import WAY_OUT, choose

# A file takes milliseconds; whatever takes so long is no honest one.
_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Similar:
    """What a class shares: the texts that were compared, their pairs and clusters, and what could not be read."""

    module: str
    title: str
    texts: tuple[Read, ...]
    pairs: tuple[Pair, ...]
    clusters: tuple[tuple[int, ...], ...]
    left: tuple[Left, ...]


def similar(
    course: Course,
    wanted: str,
    paths: Sequence[Path],
    earlier: Sequence[Path] = (),
    *,
    level: Level | None = None,
    jobs: int = 0,
) -> Similar:
    """Compare a class's submissions, less what the course gave to everybody; `earlier` are other classes' folders.

    Raises UsageError for paths without submissions, BrokenError where nothing here can confine who reads them.
    """
    module = find_module(course, wanted)
    layers = LAYERS[choose(course, level)]
    if portable():
        raise BrokenError(Problem(f"nothing here confines who reads submissions: {reason()}", WAY_OUT))
    found = [(each, "") for each in look(course, module, paths).found]
    found += [(each, folder.name) for folder in earlier for each in look(course, module, [folder]).found]
    texts, left = [], []
    with ExitStack() as closing:
        readers = closing.enter_context(_Readers(_given(course, module), layers, jobs or processors()))
        for (each, year), answer in zip(found, readers.read([each for each, _ in found]), strict=True):
            if isinstance(answer, str):
                left.append(Left(each.path, answer))
            else:
                name = f"{each.student} ({year})" if year else each.student
                texts.append(Read(name, each.path, answer[1], tuple(answer[0]), bool(year)))
    alike = pairs(texts)
    return Similar(module.id, module.id, tuple(texts), tuple(alike), tuple(clusters(alike)), tuple(left))


def _given(course: Course, module: Module) -> frozenset[int]:
    """Return what everybody was given: the stub, with the code around it."""
    if module.source is None:
        return frozenset()
    document = parse_source(course, module)
    return hashes(_code(release(document, unmarked_of(course))[0]))


def _code(document: Document) -> str:
    cells = (without_magics(cell.source)[0] for cell in document.cells if cell.kind is Kind.CODE)
    return "\n\n".join(cells) + "\n"


_Answer = tuple[list[Passage], str]


class _Readers:
    """Confined processes that read files, as many at once as there are; one that chokes is started anew."""

    def __init__(self, ignored: frozenset[int], layers: frozenset[Layer], count: int) -> None:
        self._first = first_message(ignored)
        self._layers = [str(each) for each in sorted(layers)]
        self._count = count
        self._idle: SimpleQueue[_Reader] = SimpleQueue()
        self._all: list[_Reader] = []
        self._folder = tempfile.TemporaryDirectory(prefix="tito-similar-")

    def __enter__(self) -> Self:
        for _ in range(self._count):
            self._idle.put(self._started())
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._all:
            each.end()
        self._folder.cleanup()

    def read(self, found: Sequence[Found]) -> Iterator[_Answer | str]:
        """Yield for each file its passages and code, or why it could not be read."""
        with ThreadPoolExecutor(self._count) as threads:
            yield from threads.map(self._one, found)

    def _one(self, found: Found) -> _Answer | str:
        try:
            content = read(found)
        except UnreadableError as fault:
            return "; ".join(each.what for each in fault.problems)
        reader = self._idle.get()
        try:
            return reader.ask(content, notebook=suffix(found.path) == ".ipynb")
        except (OSError, ValueError, EOFError):
            reader.end()
            reader = self._started()
            return "it could not be read within its limits"
        finally:
            self._idle.put(reader)

    def _started(self) -> "_Reader":
        scratch = tempfile.mkdtemp(dir=self._folder.name)
        told = {"layers": self._layers, "scratch": scratch, "parent": os.getpid()}
        process = subprocess.Popen(  # noqa: S603 - this interpreter
            [*COMMAND, json.dumps(told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._all.append(_Reader(process, self._first))
        return self._all[-1]


class _Reader:
    """One confined process, which answers one file after another."""

    def __init__(self, process: "subprocess.Popen[bytes]", first: bytes) -> None:
        self._process = process
        self._first = first

    def ask(self, content: bytes, *, notebook: bool) -> _Answer:
        """Return a file's passages and code. Raises OSError, EOFError or ValueError where none come in time."""
        until = time.monotonic() + _SECONDS
        sink = cast("IO[bytes]", self._process.stdin)
        first, self._first = self._first, b""
        sink.write(first + SIZE.pack(len(content), notebook) + content)
        sink.flush()
        head = self._exactly(SIZE.size, until)
        return unpacked(head, self._exactly(size_of(head), until))

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.wait()

    def _exactly(self, length: int, until: float) -> bytes:
        descriptor = cast("IO[bytes]", self._process.stdout).fileno()
        parts: list[bytes] = []
        while length:
            if not select.select([descriptor], [], [], max(until - time.monotonic(), 0))[0]:
                raise ValueError("it takes too long")
            part = os.read(descriptor, min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)
