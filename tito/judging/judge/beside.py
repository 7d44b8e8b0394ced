"""What lies beside a lesson and a submission: the reference's files, which nobody changes, and what a student brings.

The reference's lie in one folder, for all subjects; each finds links to them in its own. A subject that cannot make
links, as Landlock has it, can remove one and never put another in its place, so that it shows. On the portable path
each finds copies instead, for not everybody may make links on Windows.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from tito.judging.plan import Given
from tito.model.escapes import escaped
from tito.sandbox.scratch import remove
from tito.sandbox.system import portable

HIDDEN: Final = "hidden"
_READ_ONLY: Final = 0o444
_ENTERED: Final = 0o755
# A subject may be another user; nobody else gets into its scratch folder.
_OPEN: Final = 0o777
_WRITTEN: Final = 0o666
_NAMED: Final = 5


class Beside:
    """The files of a lesson: those given to subjects lie below `scratches`, all of them in `own`, a folder apart.

    Modules among them can be imported in this process.
    """

    def __init__(self, given: Iterable[Given], scratches: str) -> None:
        given = tuple(given)
        self._given = [each.path for each in given if not each.hidden]
        self._folders = _folders(self._given)
        self._hidden = any(each.hidden for each in given)
        self.folder = tempfile.mkdtemp(dir=scratches, prefix="given-")
        self.own = tempfile.mkdtemp(prefix="beside-")
        for each in given:
            _write(Path(self.own if each.hidden else self.folder, each.path), each.content, _READ_ONLY)
        for place, _, _ in os.walk(self.folder):
            os.chmod(place, _ENTERED)  # noqa: PTH101 - a text, as walk gives it
        self._link(self.own)
        sys.path.append(self.own)

    @property
    def holds_folders(self) -> bool:
        """Whether there are folders among what is given, which no subject may move away."""
        return bool(self._folders)

    def furnish(self, scratch: str) -> None:
        """Let a subject find the files in its scratch folder, before it is there."""
        self._link(scratch)
        if self._hidden:
            _link(f"{self.own}/{HIDDEN}", f"{scratch}/{HIDDEN}")

    def close(self) -> None:
        """Remove the files, and forget the modules that were imported from them."""
        sys.path.remove(self.own)
        sys.path_importer_cache.pop(self.own, None)
        for name, module in list(sys.modules.items()):
            places = [getattr(module, "__file__", None) or "", *map(str, getattr(module, "__path__", ()))]
            if any(place.replace(os.sep, "/").startswith(f"{self.own.replace(os.sep, '/')}/") for place in places):
                del sys.modules[name]
        remove(self.own)
        remove(self.folder)

    def _link(self, place: str) -> None:
        for folder in self._folders:
            Path(place, folder).mkdir()
            Path(place, folder).chmod(_OPEN)
        for path in self._given:
            _link(f"{self.folder}/{path}", f"{place}/{path}")


def removed(given: Iterable[Given], scratch: str) -> str:
    """Return the first given file that a subject has removed from its scratch folder or replaced, or ""."""
    if portable():
        return next((each.path for each in given if _differs(Path(scratch, each.path), each.content)), "")
    places = dict.fromkeys(HIDDEN if each.hidden else each.path for each in given)
    return next((place for place in places if not os.path.islink(f"{scratch}/{place}")), "")  # noqa: PTH114


def _link(there: str, here: str) -> None:
    if not portable():
        os.symlink(there, here)  # noqa: PTH211 - once for each subject
    elif Path(there).is_dir():
        shutil.copytree(there, here)
    else:
        shutil.copy(there, here)


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True


def bring(brought: Iterable[Given], scratch: str) -> None:
    """Put what a student brought into a subject's scratch folder, before it is there."""
    brought = tuple(brought)
    for folder in _folders([each.path for each in brought]):
        Path(scratch, folder).mkdir(exist_ok=True)
        Path(scratch, folder).chmod(_OPEN)
    for each in brought:
        _write(Path(scratch, each.path), each.content, _WRITTEN)


def admitted(
    brought: Iterable[Given], given: Iterable[Given], packages: Collection[str]
) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """Return what of a student's files goes to the subject, and notes: what it is, and what was left out and why.

    Nothing takes the place of a given file or of a module that can be imported.
    """
    there = {each.path: each.content for each in given}
    kept, notes = [], []
    for each in brought:
        why = _shadowed(each, there, packages)
        if not why:
            kept.append(each)
        elif there.get(each.path) != each.content:
            notes.append(f"{escaped(each.path)} was ignored: {why}")
    names = ", ".join(escaped(each.path) for each in kept[:_NAMED])
    more = f" and {len(kept) - _NAMED} more" if len(kept) > _NAMED else ""
    listed = [f"handed in besides: {names}{more}"] if kept else []
    left_out = [f"and {len(notes) - _NAMED} more files were ignored"] if len(notes) > _NAMED else []
    return tuple(kept), (*listed, *notes[:_NAMED], *left_out)


def _shadowed(brought: Given, given: Mapping[str, bytes], packages: Collection[str]) -> str:
    parts = PurePosixPath(brought.path).parts
    if parts[0] == HIDDEN or any(_meets(PurePosixPath(each).parts, parts) for each in given):
        return "it would take the place of a given file"
    module = parts[0].removesuffix(".py")
    known = module in packages or module in sys.stdlib_module_names
    return f"it would hide the module {module}" if known and brought.path.endswith(".py") else ""


def _meets(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two paths are one, or one would be a folder where the other is a file."""
    shared = min(len(one), len(other))
    return tuple(one[:shared]) == tuple(other[:shared])


def _folders(paths: Iterable[str]) -> list[str]:
    """Return the folders that files lie in, each behind the one around it."""
    found = {str(parent) for path in paths for parent in PurePosixPath(path).parents if parent.parts}
    return sorted(found, key=lambda folder: folder.count("/"))


def _write(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(mode)
