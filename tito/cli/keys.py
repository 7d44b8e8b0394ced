"""Single keys from a terminal, none lost between two of them, and lines where a line is asked for."""

import os
import select
import sys
import termios
import tty
from typing import Self

_ARROWS = {b"\x1b[C": "n", b"\x1b[B": "n", b"\x1b[D": "b", b"\x1b[A": "b"}


class Keys:
    """Reads keys while it is entered; the terminal is given back as it was."""

    def __init__(self) -> None:
        self._file = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._file)

    def __enter__(self) -> Self:
        # What is typed while the screen is drawn stays in the queue.
        tty.setcbreak(self._file, termios.TCSADRAIN)
        return self

    def __exit__(self, *_: object) -> None:
        self._cooked()

    def key(self) -> str:
        """Return the next key; arrows are n and b, and the end of input is ""."""
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
        """Return a key that was pressed already, "" where none was; the end of input is q."""
        ready, _, _ = select.select([self._file], [], [], 0)
        return (self.key() or "q") if ready else ""

    def line(self, prompt: str) -> str:
        """Ask for a line, with the terminal's own editing; "" at its end."""
        self._cooked()
        try:
            return input(prompt).strip()
        except EOFError:
            return ""
        finally:
            tty.setcbreak(self._file, termios.TCSADRAIN)

    def _cooked(self) -> None:
        termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)


def _whole(read: bytes) -> bool:
    """Whether bytes are a whole character, or none that UTF-8 knows."""
    try:
        read.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason != "unexpected end of data"
    return True
