"""`tito collect`: downloads, folders and git checkouts become submitted/<student>/<module>/, none lost."""

import csv
import glob
import io
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from tito.collection import archive
from tito.collection.archive import CLASS, STUDENT, open_archive
from tito.collection.attempts import attempts, by_students, moment_of
from tito.collection.besides import NBGRADERS_TIME, besides
from tito.collection.choosing import Found, Nothing
from tito.collection.disk import DiskNode, at
from tito.collection.folders import read, receipt
from tito.collection.layout import Layout
from tito.collection.lms import Handed, Lms, handed, recognise
from tito.collection.naming import Naming, without_ending
from tito.collection.receipts import NAME as RECEIPT
from tito.collection.receipts import read_receipt
from tito.collection.register import Register
from tito.collection.tree import MAX_BYTES, Kind, Node, is_junk, suffix
from tito.errors import Problem, UnreadableError, UsageError
from tito.model.course import Course, Module
from tito.model.escapes import escaped
from tito.model.submission import Left, digest_of
from tito.records import dataclass
from tito.report.text import csv_cell
from tito.workflows.course.modules import layout_of
from tito.workflows.course.opening import find_assignment, find_module, write_bytes, write_text
from tito.workflows.grading.attempts import EARLIER
from tito.workflows.grading.checkouts import checkouts, of_checkout


@dataclass(frozen=True, slots=True)
class Placed:
    """A student's work: where it came from, where it goes, when it was handed in and how often.

    `notes` say why it was taken, where its name or place is not the expected one; `receipt` what `tito submit` told
    of it, where that came along.
    """

    student: str
    source: str
    target: str
    submitted: datetime | None
    attempts: int
    changed: bool
    notes: tuple[str, ...] = ()
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of every file: placed, or left with a reason; and who of the roster handed nothing in."""

    module: str
    out: str
    placed: tuple[Placed, ...]
    left: tuple[Left, ...]
    missing: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to collect: into `out`, from whose download, matching which roster, keeping `every` attempt.

    `prefix` begins the names of git checkouts. Times without a zone are of `zone`.
    """

    out: Path
    lms: Lms | None = None
    register: Register | None = None
    prefix: str = ""
    every: bool = False
    write: bool = True
    zone: tzinfo = UTC


def collect(course: Course, wanted: str, sources: Sequence[Path], how: Wanted) -> Collected:
    """Place what the sources hold for a module, the latest of each student; write nothing unless that is wanted.

    What stood in a target's place before is moved to `.earlier`. Raises UsageError for a source that is not there.
    """
    module = find_module(course, wanted)
    stem = module.stem
    layout = layout_of(module, course.modules)
    there = [each for path in sources for each in _of(path, how, layout)]
    files = [each for each in there if isinstance(each, Handed)]
    idle = {each.student for each in there if isinstance(each, Nothing)}
    by_student, strays = by_students(files, how.register)
    left = [*(each for each in there if isinstance(each, Left)), *strays]
    placed = []
    for student, own in sorted(by_student.items()):
        found, why = attempts(own, Naming(module.folder.name, stem), how.zone)
        left += why
        if not found:
            continue
        try:
            placed.append(_placed(student, found, module, stem, how))
        except UnreadableError as fault:
            left.append(Left(found[-1].node.path, _why(fault)))
        if how.write and how.every:
            left += _kept(student, found[:-1], module, stem, how)
    known = {*(how.register.students if how.register else ()), *idle}
    missing = known - {each.student for each in placed}
    if how.write:
        write_text(how.out / f"times-{module.id}.csv", _times(placed))
    return Collected(module.id, str(how.out), tuple(placed), tuple(left), tuple(sorted(missing)), how.write)


def collect_all(course: Course, wanted: str, sources: Sequence[Path], how: Wanted) -> tuple[Collected, ...]:
    """Do so for each module of an assignment; a file is left where it is none of theirs."""
    modules = find_assignment(course, wanted).modules
    found = [collect(course, module, sources, how) for module in modules]
    taken = {placed.source for each in found for placed in each.placed}
    lost = [{left.source for left in each.left} - taken for each in found]
    nobody = set.intersection(*lost)
    return tuple(
        replace(each, left=tuple(left for left in each.left if place == 0 and left.source in nobody))
        if len(found) > 1
        else each
        for place, each in enumerate(found)
    )


def _why(fault: UnreadableError) -> str:
    return "; ".join(each.what for each in fault.problems)


def _of(path: Path, how: Wanted, layout: Layout) -> Iterator[Handed | Left | Nothing]:
    """Yield what one source holds, and what of it cannot be taken at all."""
    try:
        yield from _inside(path, how, layout)
    except UnreadableError as fault:
        yield Left(escaped(str(path)), _why(fault))


def root_of(path: Path) -> Node:
    """Return the folder that holds a download's files. Raises UsageError or UnreadableError where there is none."""
    return _root(_at(path))[0]


def _at(path: Path) -> DiskNode:
    try:
        return at(path)
    except (OSError, ValueError):
        raise UsageError(Problem("there is no such file or folder", "Name a download.", str(path))) from None


def _inside(path: Path, how: Wanted, layout: Layout) -> Iterator[Handed | Left | Nothing]:
    node = _at(path)
    if found := checkouts(path):
        yield from (of_checkout(each, how.prefix, layout) for each in found)
        return
    root, strays = _root(node)
    yield from (Left(node.path, each) for each in strays)
    lms = (how.lms or recognise(root)) if root.kind is Kind.FOLDER else None
    yield from handed(root, lms, layout.module) if lms else _of_folders(root, layout)


def _root(node: Node) -> tuple[Node, Sequence[str]]:
    """Return the folder that holds a download's files, and what is to be said of an archive's unsafe members.

    One folder around all is left out.
    """
    strays: Sequence[str] = ()
    if isinstance(node, DiskNode) and node.kind is Kind.FILE and archive.suffix(node.name):
        with node.opened(CLASS.packed) as file:
            node, strays = open_archive(file, node.path, CLASS)
    if node.fault:
        raise UnreadableError(Problem(node.fault, path=node.path))
    if node.kind is not Kind.FOLDER:
        return node, strays
    inside = [each for each in node.children() if not is_junk(each.name)]
    alone = len(inside) == 1 and inside[0].kind is Kind.FOLDER and not inside[0].fault
    return inside[0] if alone and recognise(inside[0]) else node, strays


def _of_folders(root: Node, layout: Layout) -> Iterator[Handed | Left | Nothing]:
    if root.kind is not Kind.FOLDER:
        student = without_ending(root.name)
        yield Handed((student,), student, f"{layout.stem}{suffix(root.name)}", root, root.modified, fault=root.fault)
        return
    for each in layout.rows(root):
        if not isinstance(each, Found):
            yield each
        elif each.node is None:
            yield Left(each.path, each.refusal)
        else:
            # It was chosen for the module, so that it is called as the module's is.
            own = f"{layout.stem}{suffix(each.node.name)}"
            made = Handed((each.student,), each.student, own, each.node, each.node.modified)
            yield replace(made, notes=each.notes, receipt=each.receipt, folder=each.folder)


def _placed(student: str, found: Sequence[Handed], module: Module, stem: str, how: Wanted) -> Placed:
    latest = found[-1]
    folder = how.out / student / module.folder.name
    ending = archive.suffix(latest.name) or suffix(latest.name)
    target = folder / f"{stem}{ending}"
    moment = moment_of(latest, how.zone)
    content = _content(latest)
    changed = not target.is_file() or target.read_bytes() != content
    layout = layout_of(module)
    own = Found(student, latest.node.path, latest.node, folder=latest.folder, others=layout.others | layout.helpers)
    files, notes = besides(own) if not archive.suffix(latest.name) else ((), ())
    if how.write:
        _make_room(how.out, folder, target, changed=changed)
        if latest.folder:
            _put_beside(how.out, folder, {each.path: each.content for each in files}, {*_work_of(module)})
        _write(target, content, moment)
        if latest.receipt:
            write_bytes(folder / RECEIPT, receipt(Found(student, latest.node.path, receipt=latest.receipt)))
    told = _told(latest, content, target, layout)
    notes = (*latest.notes, *notes)
    return Placed(student, latest.node.path, str(target), moment, len(found), changed, notes, told)


def _work_of(module: Module) -> Iterator[str]:
    """Yield what the files of a folder's modules may be called in a student's."""
    for stem in {module.stem, *(source.stem for source in module.sources)}:
        yield from (f"{stem}{ending}" for ending in (*MAX_BYTES, *archive.SUFFIXES, *archive.OTHERS))


def _put_beside(out: Path, folder: Path, files: Mapping[str, bytes], work: Collection[str]) -> None:
    """Write what was handed in beside the work, in the place of what came with an earlier attempt."""
    there = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    for path in there:
        place = path.relative_to(folder)
        wanted = files.get(place.as_posix())
        if place.parts[0] in {*work, RECEIPT, NBGRADERS_TIME} or (wanted is not None and _is(path, wanted)):
            continue
        _set_aside(out, folder, path, "beside")
    for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()
    for name, content in files.items():
        if name.partition("/")[0] not in work and not _is(folder / name, content):
            write_bytes(folder / name, content)


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _set_aside(out: Path, folder: Path, path: Path, under: str = "") -> None:
    """Move a file to where nothing is graded and nothing is lost; `under` keeps it from what is an attempt."""
    stamp = datetime.fromtimestamp(path.lstat().st_mtime, UTC).strftime("%Y%m%dT%H%M%S")
    own = path.relative_to(folder)
    place = out / EARLIER / folder.parent.name / folder.name / under / own.parent / f"{stamp}-{own.name}"
    place.parent.mkdir(parents=True, exist_ok=True)
    path.replace(place)


def _told(latest: Handed, content: bytes, target: Path, layout: Layout) -> str:
    """Return what the receipt that came with a file says of it; "" where none came."""
    found = Found(latest.plain, latest.node.path, latest.node, receipt=latest.receipt)
    if archive.suffix(target.name) and target.is_file():
        fate = layout.packed(latest.plain, at(target))
        found = fate if isinstance(fate, Found) else found
    told = read_receipt(receipt(found))
    try:
        work = read(found) if archive.suffix(target.name) else content
    except UnreadableError:
        return ""
    return told.told(digest_of(work)) if told else ""


def _kept(student: str, earlier: Sequence[Handed], module: Module, stem: str, how: Wanted) -> Iterator[Left]:
    """Keep a student's earlier attempts, and yield those that cannot be read."""
    for number, each in enumerate(earlier, 1):
        name = f"{stem}-{number}{archive.suffix(each.name) or suffix(each.name)}"
        try:
            place = how.out / EARLIER / student / module.folder.name / name
            _write(place, _content(each), moment_of(each, how.zone))
        except UnreadableError as fault:
            yield Left(each.node.path, _why(fault))


def _content(each: Handed) -> bytes:
    return each.node.content(MAX_BYTES.get(suffix(each.name), STUDENT.packed))


def _write(path: Path, content: bytes, moment: datetime | None) -> None:
    write_bytes(path, content)
    if moment and moment.timestamp() > 0:
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def _make_room(out: Path, folder: Path, target: Path, *, changed: bool) -> None:
    """Move what would stand beside the new file, or in its place, to where nothing is graded and nothing is lost."""
    beside = sorted(folder.glob(f"{glob.escape(without_ending(target.name))}.*")) if folder.is_dir() else []
    for path in (*beside, *folder.glob(RECEIPT)):
        if path not in (target, folder / RECEIPT) or changed:
            _set_aside(out, folder, path)


def _times(placed: Iterable[Placed]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("student", "submitted", "attempts", "source"))
    for each in placed:
        moment = each.submitted.isoformat(timespec="seconds") if each.submitted else ""
        writer.writerow((csv_cell(each.student), moment, each.attempts, csv_cell(each.source)))
    return file.getvalue()
