"""Codecs: how values of libraries cross, each as plain parts that are checked before anything is built of them.

A file here holds the codecs of one library. Those of the standard library and numpy are always there; whoever
decides which packages a course has asks for theirs, on both sides, before anything of a submission's is read.
"""

import importlib
from collections.abc import Iterable
from typing import Final

from tito.judging.wire.codecs import arrays, containers, scalars, times
from tito.judging.wire.codecs.model import Codec

__all__ = ["STANDARD", "Codec", "Codecs", "codecs_for"]

# The packages that have codecs, and the files of these.
_PACKAGES: Final = {"pandas": "frames", "scipy": "sparse"}


class Codecs:
    """Codecs by exact class and by tag: what has neither is no value here."""

    def __init__(self, codecs: Iterable[Codec]) -> None:
        self._by_tag = {each.tag: each for each in codecs}
        self._by_kind = {each.kind: each for each in self._by_tag.values()}
        self.mutable = frozenset({list, dict, set, *(each.kind for each in self._by_tag.values() if each.fill)})

    def of(self, kind: type) -> Codec | None:
        """Return the codec of this very class, not of one that it derives from."""
        return self._by_kind.get(kind)

    def tagged(self, tag: object) -> Codec | None:
        """Return the codec of a tag."""
        return self._by_tag.get(tag) if isinstance(tag, str) else None

    def name_of(self, kind: type) -> str:
        """Return the name by which a class itself crosses, "" where it has none."""
        codec = self._by_kind.get(kind)
        return codec.tag if codec else ""

    def named(self, name: str) -> type:
        """Return the class of that name. Raises KeyError where there is none."""
        return self._by_tag[name].kind


_STANDARD: Final = (*times.CODECS, *scalars.CODECS, *containers.CODECS, *arrays.CODECS)
STANDARD: Final = Codecs(_STANDARD)


def codecs_for(packages: Iterable[str]) -> Codecs:
    """Return the codecs of the standard library, numpy and those of `packages` that have some; these get imported."""
    files = [importlib.import_module(f"{__name__}.{_PACKAGES[name]}") for name in packages if name in _PACKAGES]
    return Codecs([*_STANDARD, *(codec for file in files for codec in file.CODECS)])
