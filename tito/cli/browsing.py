"""Opening a page that was written: in a browser where somebody sits before one, else by saying where it lies."""

import os
import sys
from pathlib import Path

from tito.cli import console


def open_page(path: Path) -> None:
    """Open a page in the browser; where there is no screen, or output goes elsewhere, say where it is."""
    place = path.absolute()
    if has_screen() and _opened(place.as_uri()):
        console.warn(f"opened {place}")
    else:
        console.warn(f"open this page in a browser: {place}")


def has_screen() -> bool:
    """Say whether a browser can be seen by whoever runs this command."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        return False
    named = any(os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    return named or sys.platform in {"darwin", "win32"}


def _opened(uri: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(uri)
    except webbrowser.Error:
        return False
