"""Starts a zygote in an interpreter without site-packages: `python -I -S boot.py SETTING`, a text of JSON.

Where the setting names no control socket, what starts is a subject alone, whose standard input the judge writes.

tito's few modules on this side are found by folder, without running the packages' own `__init__` files and without a
path to anything beside them. Of installed packages only those are found that the setting places.
"""

import json
import socket
import sys
import types
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from typing import Any

Places = Mapping[str, tuple[str | None, list[str] | None]]


class Placed:
    """A finder of the packages that submissions may import, by name: their file and, for folders, their folders."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """Find a placed package, or a module inside one."""
        if name in self._places:
            origin, folders = self._places[name]
            if origin is None:
                return _namespace(name, folders or [])
            return spec_from_file_location(name, origin, submodule_search_locations=folders)
        inside = path and name.partition(".")[0] in self._places
        return PathFinder.find_spec(name, path, target) if inside else None


def _namespace(name: str, folders: list[str]) -> ModuleSpec:
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = folders
    return spec


def boot(setting: Mapping[str, Any]) -> None:
    """Make tito's packages of this side importable, then be a zygote, or a subject alone."""
    for name, folder in setting["packages"].items():
        package = sys.modules[name] = types.ModuleType(name)
        package.__path__ = [folder]
    sys.meta_path.append(Placed(setting["places"]))
    from tito.judging.wire.codecs import register  # noqa: PLC0415 - it can be found from here on

    register(setting["places"] if setting["first"] else ())
    if setting["control"] is None:
        from tito.judging.subject import alone  # noqa: PLC0415

        alone.main(setting["first"], setting["scratches"], setting["allowed"])
    from tito.judging.subject import zygote  # noqa: PLC0415

    packages = [each for origin, folders in setting["places"].values() for each in folders or [origin] if each]
    control = socket.socket(fileno=setting["control"])
    zygote.main(control, [*packages, *setting["bundled"]], setting["scratches"], setting["first"], setting["allowed"])


if __name__ == "__main__":
    boot(json.loads(sys.argv[1]))
