"""Where a class's submissions lie, on disk and in archives alike; nothing is without a fate."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tito.collection import archive
from tito.collection.archive import CLASS, STUDENT, open_archive
from tito.collection.choosing import A_FOLDER, NO_WORK, Choosing, Fate, Found, Nothing
from tito.collection.disk import DiskNode
from tito.collection.members import Limits
from tito.collection.naming import Likeness, Naming, is_anothers, without_ending
from tito.collection.tree import Kind, Node, is_junk, suffix
from tito.errors import Problem, UnreadableError
from tito.model.submission import Left
from tito.records import dataclass

_NESTED: Final = "an archive within an archive, which is not opened: unpack the outer one"
# What instructors, LMSs and tito itself leave beside the students' folders.
_BESIDE: Final = (".csv", ".txt", ".md", ".rst", ".json", ".yml", ".yaml", ".toml", ".html", ".htm", ".db", ".log")


@dataclass(frozen=True, slots=True)
class Layout:
    """How to tell a submission: it lies in a folder named `module`, or its name without the ending is `stem`.

    Files whose names without endings are among the `others` belong to other modules of the folder, or to the lesson,
    among its `helpers`. Of a script and a notebook of one name, that with the `ending` counts. `modules` are the
    course's other ones: what is named after one of them is not taken for this one.
    """

    module: str
    stem: str
    others: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    ending: str = ".py"
    modules: tuple[Naming, ...] = ()

    def rows(self, node: Node) -> Sequence[Fate]:
        """Return what becomes of all that a folder or archive holds, which may be a class's or one student's."""
        if node.kind is not Kind.FOLDER:
            return self._guarded(self._class_archive, without_ending(node.name), node)
        return self._guarded(lambda name, inside: self._folder(name, self._base(inside)), node.name, node)

    def choice(self, student: str, folder: Node) -> Fate:
        """Return the one file of a student's folder for the module, or why there is none."""
        return self._one(self._choosing.of_module, student, folder)

    def submitted(self, student: str, folder: Node) -> Fate:
        """Return the file for the module in a folder that a student has handed in as a whole."""
        return self._one(replace(self._choosing, packed=True).of_module, student, folder)

    def packed(self, student: str, node: Node) -> Fate:
        """Return what becomes of a student's archive."""
        return self._archive(student, node)

    def of_student(self, student: str, folder: Node) -> Fate:
        """Return what becomes of a student's folder."""
        return self._one(self._choosing.of_student, student, folder)

    @property
    def _names(self) -> Naming:
        return Naming(self.module, self.stem)

    @property
    def _choosing(self) -> Choosing:
        own = (self.others, self.helpers, self.ending)
        return Choosing(self._names, self.modules, self._archive, *own)

    def _one(self, chosen: Callable[[str, Node], Fate], student: str, node: Node) -> Fate:
        return self._guarded(lambda name, inside: [chosen(name, inside)], student, node)[0]

    def _guarded(self, rows: Callable[[str, Node], Sequence[Fate]], student: str, node: Node) -> Sequence[Fate]:
        """Turn what cannot be read into a row with the reason."""
        if node.fault:
            return [Found(student, node.path, refusal=node.fault)]
        try:
            return rows(student, node)
        except UnreadableError as fault:
            return [Found(student, node.path, refusal="; ".join(each.what for each in fault.problems))]

    def _base(self, root: Node) -> Node:
        """Return the folder of which each entry is a student's: the root, or the one folder in it."""
        around = [each for each in _relevant(root) if not each.name.lower().endswith(_BESIDE)]
        if len(around) != 1 or around[0].kind is not Kind.FOLDER or around[0].fault or self._is_ours(root):
            return root
        inside = _relevant(around[0])
        folders = [each for each in inside if each.kind is Kind.FOLDER and not each.fault]
        theirs = [each for each in folders if self._is_module(each)]
        return around[0] if folders and len(folders) == len(inside) and not theirs else root

    def _folder(self, name: str, node: Node) -> Sequence[Fate]:
        if self._is_ours(node):
            return [self.of_student(name, node)]
        return [fate for each in _relevant(node) for fate in self._entry(each)]

    def _is_ours(self, node: Node) -> bool:
        """Say whether a folder is one student's: it holds the module's, or no folder and a file by its name."""
        inside = _relevant(node)
        if any(each.name == self.module and each.kind is Kind.FOLDER for each in inside):
            return True
        named = (suffix(each.name) and self._names.of_file(each.name) is not Likeness.OTHER for each in inside)
        return any(named) and not any(each.kind is Kind.FOLDER for each in inside)

    def _is_module(self, node: Node) -> bool:
        ours = self._names.of_folder(node.name) is not Likeness.OTHER
        return ours or is_anothers(node.name, self._names, self.modules)

    def _entry(self, node: Node) -> Sequence[Fate]:
        """Return what becomes of an entry of a class's folder."""
        ending = suffix(node.name)
        student = without_ending(node.name)
        if node.fault:
            named = ending or archive.suffix(node.name) or node.kind in {Kind.LINK, Kind.FOLDER}
            return [Found(student, node.path, refusal=node.fault)] if named else []
        if node.kind is Kind.FOLDER:
            fate = self.of_student(node.name, node)
            empty = ending and isinstance(fate, Nothing)
            return [Found(student, node.path, refusal=A_FOLDER) if empty else fate]
        if ending:
            return [Found(student, node.path, node)]
        if archive.suffix(node.name):
            return [self._archive(student, node)]
        return [] if node.name.lower().endswith(_BESIDE) else [Left(node.path, "no .py, .ipynb or archive")]

    def _class_archive(self, name: str, node: Node) -> Sequence[Fate]:
        """Return the rows of an archive that is a class's, or one student's, with or without a folder around all."""
        root, strays = _unpacked(node, CLASS)
        rows = self._folder(name, self._base(root))
        found = [each for each in rows if isinstance(each, Found)]
        if all(isinstance(each, Nothing) for each in rows) or (strays and [each.student for each in found] == [name]):
            return [Found(name, node.path, refusal=strays or f"no submission for {self.module} in this archive")]
        return [*rows, Found(node.name, node.path, refusal=strays)] if strays else rows

    def _archive(self, student: str, node: Node) -> Fate:
        return self._guarded(self._student_archive, student, node)[0]

    def _student_archive(self, student: str, node: Node) -> Sequence[Fate]:
        root, strays = _unpacked(node, STUDENT)
        if strays:
            return [Found(student, node.path, refusal=strays)]
        inside = _relevant(root)
        # One folder around all is what zipping a folder gives.
        if len(inside) == 1 and inside[0].kind is Kind.FOLDER and not self._is_module(inside[0]):
            root = inside[0]
        fate = self._one(replace(self._choosing, packed=True).of_student, student, root)
        unread = not isinstance(fate, Found)
        return [Found(student, node.path, refusal=NO_WORK) if unread else fate]


def _unpacked(node: Node, limits: Limits) -> tuple[Node, str]:
    if not isinstance(node, DiskNode):
        raise UnreadableError(Problem(_NESTED, path=node.path))
    with node.opened(limits.packed) as file:
        root, strays = open_archive(file, node.path, limits)
    more = f", and {len(strays) - 1} more" if len(strays) > 1 else ""
    return root, f"{strays[0]}{more}" if strays else ""


def _relevant(node: Node) -> list[Node]:
    return [each for each in node.children() if not is_junk(each.name)]
