"""Typer's help pages without Rich's Markdown and tracebacks: ours have none, and these load as long as the rest."""

import importlib
import sys
import types
from collections.abc import Sequence
from typing import Final

_UNUSED: Final = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}


def hasten(arguments: Sequence[str]) -> None:
    """Where a command line asks for help, import what draws it, with empty classes in place of those two."""
    if arguments and not {"--help", "-h"} & set(arguments):
        return
    places = {name: types.ModuleType(name) for name in _UNUSED if name not in sys.modules}
    for name, place in places.items():
        setattr(place, _UNUSED[name], type(_UNUSED[name], (), {}))
    sys.modules.update(places)
    try:
        importlib.import_module("typer.rich_utils")
    finally:
        # Whoever else wants them gets the real ones.
        for name in places:
            del sys.modules[name]
