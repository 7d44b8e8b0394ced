"""Which of a student's files is the one for a module: places in order, and in each the surest name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from tito.collection import archive
from tito.collection.naming import HOW, Likeness, Naming, is_anothers, without_ending
from tito.collection.receipts import NAME as RECEIPT
from tito.collection.tree import MAX_DEPTH, Kind, Node, is_junk, suffix
from tito.errors import Problem, UnreadableError
from tito.model.escapes import escaped
from tito.model.submission import Left
from tito.records import dataclass

# Whoever hands in more than so many files without one by the module's name has handed in a disk.
_MOST: Final = 5_000
_NAMED: Final = 5
A_FOLDER: Final = "this is a folder, not a file"
_DEEPER: Final = "it lies deeper than expected"
NO_WORK: Final = "no .py or .ipynb file"


@dataclass(frozen=True, slots=True)
class Found:
    """A student's file for a module, at `path` as it is shown; or, where none can be chosen, the reason.

    `folder` is the module's, where the file lies in one of the student's; `others` are the names of files in it,
    without endings, that belong to other modules. `notes` say why it was taken, where its name or place is not the
    expected one. `receipt` is what `tito submit` packed beside it. `by` is who handed it in for the
    student's group, `at` when, where it is an attempt that knows its own time, `stamped` what it says of that itself.
    """

    student: str
    path: str
    node: Node | None = None
    refusal: str = ""
    folder: Node | None = None
    others: frozenset[str] = frozenset()
    receipt: Node | None = None
    notes: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    stamped: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """A student of whom there is something, and nothing for this module."""

    student: str


Fate = Found | Left | Nothing


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file or archive, with the folders in which it lies below the student's own, and the last of these itself."""

    node: Node
    folders: tuple[str, ...] = ()
    within: Node | None = None

    @property
    def shown(self) -> str:
        return "/".join(map(escaped, (*self.folders, self.node.name)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look: `pieces`, of which files with any name count where `only`; `how` is told of what is taken."""

    pieces: Sequence[_Piece]
    only: bool = True
    how: str = ""
    folder: Node | None = None


@dataclass(frozen=True, slots=True)
class Choosing:
    """How a file is chosen: by the module's `names`, never from what is another's of the course.

    `beside` are the names, without endings, of files that lie beside the module's and are other modules',
    `helpers` those of what the lesson gives. Of a script and a notebook of one name, that with the `ending` counts.
    What lies beside the file in an archive of the student's (`packed`) was handed in with it wherever that is.
    """

    names: Naming
    others: tuple[Naming, ...]
    opened: Callable[[str, Node], Fate]
    beside: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    ending: str = ".py"
    packed: bool = False

    def of_student(self, student: str, folder: Node) -> Fate:
        """Return what becomes of a student's folder, or of their archive's root. Raises UnreadableError."""
        own = [each for each in _inside(folder) if self.names.of_folder(each.name) is Likeness.EXACT]
        for each in own:
            if each.kind is not Kind.FOLDER or each.fault:
                return Found(student, each.path, refusal=each.fault or "this is a file, not a folder")
        return self._first(student, folder, self._places(folder, own)) or self._unfound(student, folder, own)

    def of_module(self, student: str, folder: Node) -> Fate:
        """Return the file of a student's folder for the module, or why there is none."""
        own = folder if self.names.of_folder(folder.name) is Likeness.EXACT else None
        places = iter([_Place(_of(folder), folder=own), *self._below(folder)])
        return self._first(student, folder, places) or Found(student, folder.path, refusal=_why(folder, folder))

    def _places(self, folder: Node, own: Sequence[Node]) -> Iterator[_Place]:
        yield from (_Place(_of(each), folder=each) for each in own)
        yield _Place(_of(folder), only=False)
        near = [each for each in _inside(folder) if self._is_like(each)]
        yield _Place([piece for each in near for piece in _of(each, (each.name,))], how=HOW[Likeness.NUMBER])
        yield from self._below(folder)

    def _below(self, folder: Node) -> Iterator[_Place]:
        """Yield the places that only a look at all that a folder holds can tell."""
        everything = list(self._all(folder))
        pieces = [each for each in everything if not self._is_anothers(each)]
        inner = [each for each in pieces if any(map(self._is_name, each.folders))]
        yield _Place(inner, how=_DEEPER)
        yield _Place(pieces, only=False, how=_DEEPER)
        if len(pieces) == len(everything):
            yield _Place(pieces, how=HOW[Likeness.OTHER])

    def _first(self, student: str, folder: Node, places: Iterator[_Place]) -> Fate | None:
        for place in places:
            found = self._picked(student, folder, place)
            if found:
                return found
        return None

    def _picked(self, student: str, folder: Node, place: _Place) -> Fate | None:
        """Return what a place has for the module, None where that is nothing."""
        foreign = self.beside | self.helpers
        work = [each for each in place.pieces if suffix(each.node.name)]
        files = [each for each in work if without_ending(each.node.name) not in foreign]
        files = [each for each in files if not self._is_named_after_another(each.node.name)]
        files = [each for each in files if each.node.kind is not Kind.FOLDER] or files
        ranked = sorted((self.names.of_file(each.node.name), each.shown, each) for each in files)
        best = ranked[0][0] if ranked else Likeness.OTHER
        first = [each for likeness, _, each in ranked if likeness is best]
        if best is Likeness.OTHER and not place.only:
            return None
        if _are_a_pair(first):
            first = [each for each in first if suffix(each.node.name) == self.ending]
        if len(first) > 1:
            return _several(student, folder, first)
        if first:
            beside = [each.shown for likeness, _, each in ranked[1:] if likeness is not Likeness.OTHER]
            found = self._taken(student, first[0], self._notes(first[0], best, place, beside))
            found = replace(found, receipt=_receipt(place, first[0]))
            around = place.folder or (first[0].within if self.packed else None)
            return replace(found, folder=around, others=self.beside) if around else found
        packed = [each for each in place.pieces if _is_archive(each.node)]
        return self.opened(student, packed[0].node) if len(packed) == 1 and place.only else None

    def _taken(self, student: str, piece: _Piece, notes: tuple[str, ...]) -> Found:
        node = piece.node
        fault = node.fault or (A_FOLDER if node.kind is Kind.FOLDER else "")
        return Found(student, node.path, None if fault else node, fault, notes=notes)

    def _notes(self, piece: _Piece, best: Likeness, place: _Place, beside: Sequence[str]) -> tuple[str, ...]:
        name = "" if best is Likeness.EXACT else HOW[best]
        why = dict.fromkeys(each for each in (place.how, name) if each)
        taken = [f"`{piece.shown}` was taken for {self.names.stem}: {', '.join(why)}"] if why else []
        return (*taken, *(f"`{each}` is there too, and was not looked at" for each in beside[:_NAMED]))

    def _all(self, folder: Node, folders: tuple[str, ...] = ()) -> Iterator[_Piece]:
        """Yield all that a folder holds, at any depth. Raises UnreadableError for what nobody means to hand in."""
        count = 0
        for node in _inside(folder):
            if node.kind is Kind.FOLDER and not node.fault and not suffix(node.name):
                if len(folders) >= MAX_DEPTH:
                    raise UnreadableError(Problem(f"deeper than {MAX_DEPTH} folders", path=node.path))
                for piece in self._all(node, (*folders, node.name)):
                    count += 1
                    yield piece
            else:
                count += 1
                yield _Piece(node, folders, folder)
            if count > _MOST:
                raise UnreadableError(
                    Problem(f"more than {_MOST:,} files, none of them by its name", path=folder.path)
                )

    def _unfound(self, student: str, folder: Node, own: Sequence[Node]) -> Fate:
        if own:
            return Found(student, own[0].path, refusal=_why(own[0], folder))
        pieces = list(self._all(folder))
        faults = [each.node.fault for each in pieces if each.node.fault]
        if faults:
            return Found(student, folder.path, refusal=faults[0])
        packed = [each for each in pieces if _is_archive(each.node)]
        if len(packed) > 1:
            return _several(student, folder, packed)
        if not pieces or any(map(self._is_anothers, pieces)):
            return Nothing(student)
        more = f" and {len(pieces) - 1} more" if len(pieces) > 1 else ""
        return Left(pieces[0].node.path, f"{NO_WORK} in what {student} handed in{more}")

    def _is_like(self, node: Node) -> bool:
        likeness = self.names.of_folder(node.name)
        return node.kind is Kind.FOLDER and likeness not in {Likeness.EXACT, Likeness.OTHER}

    def _is_name(self, folder: str) -> bool:
        return self.names.of_folder(folder) is not Likeness.OTHER

    def _is_anothers(self, piece: _Piece) -> bool:
        """Say whether a file is another module's: by the first of its folders that is a module's, or its own name."""
        for folder in piece.folders:
            if self._is_name(folder):
                return False
            if is_anothers(folder, self.names, self.others):
                return True
        name = piece.node.name
        if not suffix(name) or self.names.of_file(name) is not Likeness.OTHER:
            return False
        return any(each.of_file(name) is not Likeness.OTHER for each in self.others)

    def _is_named_after_another(self, name: str) -> bool:
        """Say whether a file has exactly the name of another module's, whatever folder it lies in."""
        if self.names.of_file(name) is not Likeness.OTHER:
            return False
        return any(each.of_file(name) is Likeness.EXACT for each in self.others)


def _of(folder: Node, folders: tuple[str, ...] = ()) -> list[_Piece]:
    return [_Piece(each, folders, folder) for each in _inside(folder)]


def _inside(folder: Node) -> list[Node]:
    return [each for each in folder.children() if not is_junk(each.name)]


def _is_archive(node: Node) -> bool:
    return node.kind is Kind.FILE and bool(archive.suffix(node.name)) and not node.fault


def _are_a_pair(pieces: Sequence[_Piece]) -> bool:
    """Say whether these are a script and a notebook of one name in one folder."""
    names = {(each.folders, without_ending(each.node.name)) for each in pieces}
    return len(pieces) == 2 and len(names) == 1  # noqa: PLR2004 - two are a pair


def _receipt(place: _Place, piece: _Piece) -> Node | None:
    """Return the receipt that lies beside a file."""
    beside = (each.node for each in place.pieces if each.folders == piece.folders and each.node.name == RECEIPT)
    return next((node for node in beside if node.kind is Kind.FILE and not node.fault), None)


def _several(student: str, folder: Node, pieces: Sequence[_Piece]) -> Found:
    names = ", ".join(each.shown for each in pieces[:_NAMED])
    more = " …" if len(pieces) > _NAMED else ""
    around = {each.node.path.rpartition("/")[0] for each in pieces}
    path = around.pop() if len(around) == 1 else folder.path
    return Found(student, path, refusal=f"{len(pieces)} files could be the submission: {names}{more}")


def _why(module: Node, folder: Node) -> str:
    """Return why a module's folder holds no work: what is wrong with what it holds, or that there is none."""
    faults = [each.fault for each in (*_inside(module), *_inside(folder)) if each.fault]
    return faults[0] if faults else NO_WORK
