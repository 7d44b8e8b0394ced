"""What a course's packages need: by the name that one installs or imports, with all that they are built on."""

import importlib.util
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import Final

from tito.errors import BrokenError, Problem

# Where a module is: its file, or none for a namespace; and, for a package, its folders.
Place = tuple[str | None, list[str] | None]

_KNOWN_ALONE: Final = frozenset({"numpy"})
# What is installed by another name than it is imported by, for where it is not installed yet.
_INSTALLED_AS: Final = {
    "sklearn": "scikit-learn", "skimage": "scikit-image", "cv2": "opencv-python-headless", "PIL": "pillow",
    "bs4": "beautifulsoup4", "yaml": "PyYAML", "dateutil": "python-dateutil", "mpl_toolkits": "matplotlib",
}  # fmt: skip


def places(packages: Iterable[str]) -> dict[str, Place]:
    """Return the modules that may be imported for `packages`, with where they are.

    Raises BrokenError where a package is not installed.
    """
    found: dict[str, Place] = {}
    for name in _modules(tuple(packages)):
        spec = importlib.util.find_spec(name)
        if spec is not None and (spec.origin or spec.submodule_search_locations):
            origin = spec.origin if spec.origin != "namespace" else None
            locations = spec.submodule_search_locations
            found[name] = (origin, None if locations is None else list(locations))
    return found


def imported_as(package: str) -> list[str]:
    """Return the names that a package, named as one installs or imports it, is imported by. Raises BrokenError."""
    if package in _KNOWN_ALONE:
        return [package]
    return sorted(name for each in _distributions(_bare(package)[0]) for name in _top_level(each))


def distributions(packages: Iterable[str]) -> list[str]:
    """Return what pip calls packages that are named as one installs or imports them; as they are where unknown."""
    found: dict[str, None] = {}
    for package in packages:
        name, extras = _bare(package)
        try:
            named = [name] if name in _KNOWN_ALONE else [each.name for each in _distributions(name)]
        except BrokenError:
            named = [_INSTALLED_AS.get(name, name)]
        extra = f"[{','.join(extras)}]" if extras else ""
        found |= dict.fromkeys(f"{each}{extra}" for each in named)
    return list(found)


def _modules(packages: tuple[str, ...]) -> Iterator[str]:
    # The usual course needs no look at what is installed besides.
    if set(packages) <= _KNOWN_ALONE:
        for name in packages:
            if importlib.util.find_spec(name) is None:
                raise _missing(name)
        yield from packages
        return
    named = map(_bare, packages)
    pending = [(each, extras) for name, extras in named for each in _distributions(name)]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while pending:
        distribution, extras = pending.pop()
        if (distribution.name.lower(), extras) in seen:
            continue
        seen.add((distribution.name.lower(), extras))
        yield from _top_level(distribution)
        pending += _required(distribution, extras)


def _bare(package: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a package, and the extras that are named in brackets behind it."""
    name, _, extras = package.partition("[")
    return name.strip(), tuple(sorted(filter(None, (each.strip() for each in extras.rstrip("] ").split(",")))))


def _distributions(package: str) -> list[metadata.Distribution]:
    try:
        return [metadata.distribution(package)]
    except metadata.PackageNotFoundError:
        names = set(metadata.packages_distributions().get(package, ()))
    if not names:
        raise _missing(package)
    return [metadata.distribution(name) for name in sorted(names)]


def _missing(package: str) -> BrokenError:
    fix = f"Run `pip install {_INSTALLED_AS.get(package, package)}`."
    return BrokenError(Problem(f"package {package} is not installed", fix))


def _required(
    distribution: metadata.Distribution, extras: tuple[str, ...]
) -> Iterator[tuple[metadata.Distribution, tuple[str, ...]]]:
    """Yield the installed distributions that one needs here, each with its extras; `extras` are the one's own."""
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - few courses need it

    for text in distribution.requires or ():
        try:
            requirement = Requirement(text)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras)):
                yield metadata.distribution(requirement.name), tuple(sorted(requirement.extras))
        except (InvalidRequirement, metadata.PackageNotFoundError):
            continue


def _top_level(distribution: metadata.Distribution) -> set[str]:
    """Return the names of the modules and packages, namespaces among them, that a distribution brings."""
    found = set()
    for path in distribution.files or ():
        first = path.parts[0]
        if first.endswith((".dist-info", ".data", ".libs")) or first in {"..", "__pycache__", "bin"}:
            continue
        name = first.partition(".")[0]
        if name.isidentifier() and (len(path.parts) > 1 or path.suffix in {".py", ".so", ".pyd"}):
            found.add(name)
    return found
