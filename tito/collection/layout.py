"""Where a class's submissions lie, on disk and in archives alike; every student is a row, with a file or a reason."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tito.collection import archive
from tito.collection.archive import CLASS, STUDENT, open_archive
from tito.collection.disk import DiskNode
from tito.collection.ids import same
from tito.collection.members import Limits
from tito.collection.receipts import NAME as RECEIPT
from tito.collection.tree import Kind, Node, is_junk, suffix
from tito.errors import Problem, UnreadableError

_NESTED: Final = "an archive within an archive, which is not opened: unpack the outer one"
_FOLDER: Final = "this is a folder, not a file"


@dataclass(frozen=True, slots=True)
class Found:
    """A student's file for a module, at `path` as it is shown; or, where none can be chosen, the reason.

    `folder` is the module's, where the file lies in one of the student's; `others` are the names of files in it,
    without endings, that belong to other modules. `receipt` is what `tito submit` packed beside it.
    """

    student: str
    path: str
    node: Node | None = None
    refusal: str = ""
    folder: Node | None = None
    others: frozenset[str] = frozenset()
    receipt: Node | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How to tell a submission: it lies in a folder named `module`, or its name without the ending is `stem`.

    Files whose names without endings are among the `others` belong to other modules of the folder, or to the lesson,
    among its `helpers`. Of a script and a notebook of one name, that with the `ending` counts.
    """

    module: str
    stem: str
    others: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    ending: str = ".py"

    def rows(self, node: Node) -> Sequence[Found]:
        """Return what a folder or archive holds, which may be a class's or one student's."""
        if node.kind is not Kind.FOLDER:
            return self._guarded(self._class_archive, without_ending(node.name), node)
        return self._guarded(self._folder, node.name, node)

    def choice(self, student: str, folder: Node) -> Found:
        """Return the one file of a student's folder for the module, or why there is none."""
        return self._guarded(self._choices, student, folder)[0]

    def packed(self, student: str, node: Node) -> Found:
        """Return the one file of a student's archive for the module, or why there is none."""
        return self._guarded(self._student_archive, student, node)[0]

    def _guarded(self, rows: Callable[[str, Node], Sequence[Found]], student: str, node: Node) -> Sequence[Found]:
        """Turn what cannot be read into a row with the reason."""
        if node.fault:
            return [Found(student, node.path, refusal=node.fault)]
        try:
            return rows(student, node)
        except UnreadableError as fault:
            return [Found(student, node.path, refusal="; ".join(each.what for each in fault.problems))]

    def _folder(self, name: str, node: Node) -> Sequence[Found]:
        inside = _relevant(node)
        module = next((each for each in inside if each.name == self.module and each.kind is Kind.FOLDER), None)
        if module:
            return [self.choice(name, module)]
        if any(self._is_preferred(each) for each in inside) and not any(each.kind is Kind.FOLDER for each in inside):
            return [self.choice(name, node)]
        return [found for each in inside for found in self._entry(each)]

    def _entry(self, node: Node) -> Sequence[Found]:
        """Return the rows, at most one, of an entry of a class's folder."""
        ending = suffix(node.name)
        student = without_ending(node.name)
        if node.fault:
            return [Found(student, node.path, refusal=node.fault)] if _may_be_work(node) else []
        if node.kind is Kind.FOLDER:
            found = self._guarded(self._student, node.name, node)
            return found or ([Found(student, node.path, refusal=_FOLDER)] if ending else [])
        if ending:
            return [Found(student, node.path, node)]
        return self._guarded(self._student_archive, student, node) if archive.suffix(node.name) else []

    def _student(self, name: str, node: Node) -> Sequence[Found]:
        """Return the row of a student's folder; none where there is nothing for this module."""
        inside = _relevant(node)
        module = next((each for each in inside if each.name == self.module), None)
        if module:
            return [self.choice(name, module)]
        if any(self._is_preferred(each) for each in inside):
            return [self.choice(name, node)]
        packed = [each for each in inside if each.kind is Kind.FILE and archive.suffix(each.name)]
        return self._guarded(self._student_archive, name, packed[0]) if len(packed) == 1 else []

    def _choices(self, student: str, folder: Node) -> Sequence[Found]:
        inside = _relevant(folder)
        foreign = self.others | self.helpers
        files = [each for each in inside if suffix(each.name) and without_ending(each.name) not in foreign]
        files = [each for each in files if each.kind is not Kind.FOLDER] or files
        packed = [each for each in inside if each.kind is Kind.FILE and archive.suffix(each.name)]
        if not files and len(packed) == 1:
            return self._guarded(self._student_archive, student, packed[0])
        found = self._chosen(student, folder, files)
        return [replace(found, folder=folder, others=self.others) if folder.name == self.module else found]

    def _chosen(self, student: str, folder: Node, files: Sequence[Node]) -> Found:
        match [each for each in files if self._is_preferred(each)] or files:
            case [one]:
                fault = one.fault or (_FOLDER if one.kind is Kind.FOLDER else "")
                return Found(student, one.path, None if fault else one, fault, receipt=_receipt(folder))
            case []:
                return Found(student, folder.path, refusal="no .py or .ipynb file")
            case [one, other] if without_ending(one.name) == without_ending(other.name):
                return self._chosen(student, folder, [one if suffix(one.name) == self.ending else other])
            case many:
                names = ", ".join(each.path.rpartition("/")[2] for each in many[:5])
                what = f"{len(many)} files could be the submission: {names}"
                return Found(student, folder.path, refusal=what + (" …" if len(many) > 5 else ""))  # noqa: PLR2004

    def _class_archive(self, name: str, node: Node) -> Sequence[Found]:
        """Return the rows of an archive that is a class's, or one student's, with or without a folder around all."""
        root, strays = _unpacked(node, CLASS)
        rows = self._folder(name, root)
        around = [each for each in _relevant(root) if each.kind is Kind.FOLDER and not each.fault]
        if not rows and len(around) == 1:
            rows = self._folder(name, around[0])
        if not rows or (strays and [each.student for each in rows] == [name]):
            return [Found(name, node.path, refusal=strays or f"no submission for {self.module} in this archive")]
        return [*rows, Found(node.name, node.path, refusal=strays)] if strays else rows

    def _student_archive(self, student: str, node: Node) -> Sequence[Found]:
        root, strays = _unpacked(node, STUDENT)
        if strays:
            return [Found(student, node.path, refusal=strays)]
        inside = list(_below(root))
        named = [each for each in inside if each.name == self.module]
        folders = [each for each in named if each.kind is Kind.FOLDER] or [
            each for each in named if each.kind is Kind.LINK
        ]
        if len(folders) == 1:
            return [self.choice(student, folders[0])]
        files = [each for each in inside if suffix(each.name) and each.kind is not Kind.FOLDER]
        preferred = [each for each in files if self._is_preferred(each)]
        loose = [each for each in _relevant(_innermost(root, student)) if suffix(each.name)]
        if not preferred and not loose and any(archive.suffix(each.name) for each in inside):
            return [Found(student, node.path, refusal=_NESTED)]
        if not preferred and not loose and (faults := [each.fault for each in inside if each.fault]):
            return [Found(student, node.path, refusal=faults[0])]
        return [self._chosen(student, node, preferred or loose)]

    def _is_preferred(self, node: Node) -> bool:
        return bool(suffix(node.name)) and without_ending(node.name) == self.stem


def _unpacked(node: Node, limits: Limits) -> tuple[Node, str]:
    if not isinstance(node, DiskNode):
        raise UnreadableError(Problem(_NESTED, path=node.path))
    with node.opened(limits.packed) as file:
        root, strays = open_archive(file, node.path, limits)
    more = f", and {len(strays) - 1} more" if len(strays) > 1 else ""
    return root, f"{strays[0]}{more}" if strays else ""


def _receipt(folder: Node) -> Node | None:
    inside = folder.children() if folder.kind is Kind.FOLDER else ()
    return next((each for each in inside if each.name == RECEIPT and each.kind is Kind.FILE and not each.fault), None)


def _relevant(node: Node) -> list[Node]:
    return [each for each in node.children() if not is_junk(each.name)]


def _below(node: Node) -> Iterator[Node]:
    """Yield what an archive's folder holds, at any depth; a fault of a folder stops at it."""
    for each in _relevant(node):
        yield each
        if each.kind is Kind.FOLDER and not each.fault:
            yield from _below(each)


def _innermost(root: Node, student: str) -> Node:
    """Return the folder in which a student's files lie: the root, or the only folder in it, of the student's name."""
    inside = _relevant(root)
    if len(inside) == 1 and inside[0].kind is Kind.FOLDER and same(inside[0].name) == same(student):
        return inside[0]
    return root


def _may_be_work(node: Node) -> bool:
    """Return whether an entry that cannot be read may be a student's: a link always, others by their name."""
    named = suffix(node.name) or archive.suffix(node.name)
    return bool(named) or node.kind in {Kind.LINK, Kind.FOLDER}


def without_ending(name: str) -> str:
    """Return a file's name without the ending by which it is a submission or an archive."""
    ending = archive.suffix(name) or suffix(name)
    return name[: len(name) - len(ending)]
