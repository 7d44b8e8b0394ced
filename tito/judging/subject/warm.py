"""What a subject finds when it begins: the course's packages, imported, and the earlier modules, made of texts."""

import _sitebuiltins
import builtins
import importlib
import os
import sys
import types
from collections.abc import Collection, Iterator, Sequence
from typing import Final

# What is used of a package whose own module imports little.
_USED: Final = {"matplotlib": "matplotlib.pyplot"}


def import_packages(names: Collection[str], scratches: str) -> Iterator[str]:
    """Import a course's packages, make the names that `site` would have made, and give each package's name."""
    builtins.help = _sitebuiltins._Helper()  # noqa: SLF001 - as site makes it
    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    builtins.quit = builtins.exit
    # Where matplotlib keeps what it knows of fonts: with what is removed in the end.
    os.environ["MPLCONFIGDIR"] = f"{scratches}/matplotlib"
    for name in names:
        try:
            importlib.import_module(_USED.get(name, name))
        except Exception:  # noqa: BLE001, S112 - whoever needs it meets the same fault, in the subject
            continue
        yield name


def make_modules(modules: Sequence[Sequence[str]], labels: list[str]) -> dict[str, str]:
    """Make the prerequisites out of their texts, so that no folder of the course is ever on the path.

    Their labels in tracebacks go into `labels`. Returns what is wrong with one that cannot be made, else nothing.
    """
    for name, text in modules:
        parent = ""
        for part in name.split(".")[:-1]:
            parent = f"{parent}.{part}" if parent else part
            if parent not in sys.modules:
                package = types.ModuleType(parent)
                package.__path__ = []
                _install(parent, package)
        module = types.ModuleType(name)
        module.__file__ = f"{name.replace('.', '/')}.py"
        labels.append(module.__file__)
        _install(name, module)
        try:
            exec(compile(text, module.__file__, "exec"), module.__dict__)  # noqa: S102 - the course's own code
        except Exception as fault:  # noqa: BLE001 - whatever it is, the judge says it
            return {"error": f"{type(fault).__name__}: {fault}", "module": name}
    return {}


def _install(name: str, module: types.ModuleType) -> None:
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)
