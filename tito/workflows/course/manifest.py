"""What a release or a package wrote: files with their digests, and of each module its source and what is beside."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.coding import from_plain, to_plain
from tito.records import dataclass

MANIFEST: Final = Path(".tito", "release.json")
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module as it was handed out: its source's path, and those of `given` files within the source's folder."""

    source: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Files by path, each with the SHA-256 of what was written, and modules by id."""

    version: int = _VERSION
    files: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, Lesson] = field(default_factory=dict)

    def joined(self, newer: "Manifest") -> "Manifest":
        """Return this manifest with what a newer one says of the files and modules that it names."""
        return Manifest(_VERSION, {**self.files, **newer.files}, {**self.modules, **newer.modules})


def read_manifest(root: Path) -> Manifest | None:
    """Return a workspace's or package's manifest, None where there is none. Raises CourseError for a broken one."""
    path = root / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        found = from_plain(Manifest, content | {"modules": {}})
        modules = {name: from_plain(Lesson, each) for name, each in content["modules"].items()}
        _check_places([*found.files, *(lesson.source for lesson in modules.values())])
    except OSError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        fix = "Get a fresh copy of the release; your own files stay as they are."
        raise CourseError(Problem("this is no manifest of a release", fix, str(path))) from None
    if found.version != _VERSION:
        what = f"this release is of format {found.version}, which this tito does not know"
        raise CourseError(Problem(what, "Install the tito that came with it.", str(path)))
    return Manifest(found.version, found.files, modules)


def _check_places(names: Iterable[str]) -> None:
    """Raise ValueError for a name that leads out of the folder."""
    for name in names:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(name)


def manifest_text(manifest: Manifest) -> str:
    """Return a manifest as its file holds it."""
    return json.dumps(to_plain(manifest), indent=1, sort_keys=True) + "\n"
