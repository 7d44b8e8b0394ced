"""Files read again by the paths that reports show, in archives or not."""

from pathlib import Path

from tito.collection import archive
from tito.collection.disk import at
from tito.collection.folders import Found, read
from tito.collection.tree import Kind, Node
from tito.errors import Problem, UnreadableError


class Shelf:
    """Opens what reports name; an archive is read once, however many of its members are asked for."""

    def __init__(self) -> None:
        self._archives: dict[Path, Node] = {}

    def read(self, path: Path) -> bytes:
        """Return the bytes of a submission. Raises UnreadableError where it is not there any more."""
        try:
            packed = next((each for each in path.parents if archive.suffix(each.name) and each.is_file()), None)
            node = self._inside(packed, path.relative_to(packed).parts) if packed else at(path)
        except OSError as fault:
            raise UnreadableError(Problem(f"cannot be opened: {fault.strerror}", path=str(path))) from None
        return read(Found("", str(path), node, node.fault))

    def _inside(self, packed: Path, parts: tuple[str, ...]) -> Node:
        if packed not in self._archives:
            file = at(packed)
            with file.opened(archive.CLASS.packed) as opened:
                self._archives[packed], _ = archive.open_archive(opened, file.path, archive.CLASS)
        node = self._archives[packed]
        for part in parts:
            inside = node.children() if node.kind is Kind.FOLDER else ()
            found = next((each for each in inside if each.name == part), None)
            if found is None:
                raise UnreadableError(Problem("it is not in its archive any more", path=str(packed)))
            node = found
        return node
