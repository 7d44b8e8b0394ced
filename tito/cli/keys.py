"""Single keys from a terminal, none lost between two of them, and lines where a line is asked for."""

import os
import select
import sys
from typing import Any, Protocol, Self

_ARROWS = {b"\x1b[C": "n", b"\x1b[B": "n", b"\x1b[D": "b", b"\x1b[A": "b"}
# What Windows' console gives behind a zero or 224, for right, down, left and up.
_SCANNED = {"M": "n", "P": "n", "K": "b", "H": "b"}
_ENDS = {"\x04", "\x1a", ""}


class Keys(Protocol):
    """Reads keys while it is entered; the terminal is given back as it was."""

    def __enter__(self) -> Self:
        """Take single keys from here on."""

    def __exit__(self, *_: object) -> None:
        """Give the terminal back."""

    def key(self) -> str:
        """Return the next key; arrows are n and b, and the end of input is ""."""

    def pressed(self) -> str:
        """Return a key that was pressed already, "" where none was; the end of input is q."""

    def line(self, prompt: str) -> str:
        """Ask for a line, with the terminal's own editing; "" at its end."""


def keys() -> Keys:
    """Return what reads keys from this process's terminal."""
    return _Console() if sys.platform == "win32" else _Terminal()


class _Terminal:
    """Keys from a terminal as POSIX has it."""

    def __init__(self) -> None:
        import termios

        self._settings: Any = termios
        self._file = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._file)

    def __enter__(self) -> Self:
        self._single()
        return self

    def __exit__(self, *_: object) -> None:
        self._cooked()

    def key(self) -> str:
        sys.stdout.flush()
        read = os.read(self._file, 1)
        if read == b"\x1b":
            # A lone Escape has nothing behind it.
            more, _, _ = select.select([self._file], [], [], 0.05)
            return _ARROWS.get(read + os.read(self._file, 2), "?") if more else "?"
        while read and not _whole(read):
            read += os.read(self._file, 1)
        return "" if read == b"\x04" else read.decode("utf-8", "replace")

    def pressed(self) -> str:
        ready, _, _ = select.select([self._file], [], [], 0)
        return (self.key() or "q") if ready else ""

    def line(self, prompt: str) -> str:
        self._cooked()
        try:
            return input(prompt).strip()
        except EOFError:
            return ""
        finally:
            self._single()

    def _single(self) -> None:
        import tty

        # What is typed while the screen is drawn stays in the queue.
        tty.setcbreak(self._file, self._settings.TCSADRAIN)

    def _cooked(self) -> None:
        self._settings.tcsetattr(self._file, self._settings.TCSADRAIN, self._before)


class _Console:
    """Keys from Windows' console, which gives single ones at any time."""

    def __init__(self) -> None:
        import msvcrt

        self._console: Any = msvcrt

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def key(self) -> str:
        sys.stdout.flush()
        read = str(self._console.getwch())
        if read in {"\x00", "\xe0"}:
            return _SCANNED.get(str(self._console.getwch()), "?")
        if read == "\x03":
            raise KeyboardInterrupt
        return "" if read in _ENDS else "\n" if read == "\r" else read

    def pressed(self) -> str:
        return (self.key() or "q") if self._console.kbhit() else ""

    def line(self, prompt: str) -> str:
        try:
            return input(prompt).strip()
        except EOFError:
            return ""


def _whole(read: bytes) -> bool:
    """Whether bytes are a whole character, or none that UTF-8 knows."""
    try:
        read.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason != "unexpected end of data"
    return True
