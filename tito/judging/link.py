"""Messages between two of tito's own processes: JSON trees over a socket, each of a bounded size, never pickled.

Neither end may wait to be read while it writes, so both directions go through buffers: `put` never blocks.
"""

import json
import select
import socket
import struct
from collections.abc import Iterator
from typing import Any, Final

_HEADER: Final = struct.Struct(">I")
_CHUNK: Final = 1 << 18
# Windows and macOS have none, and Python asks for no such signal.
_AT_ONCE: Final = getattr(socket, "MSG_NOSIGNAL", 0)
# A class's largest file with its earlier modules, in base64, and what is said of it.
MAX_MESSAGE: Final = 256 << 20


class Closed(Exception):  # noqa: N818 - an end, not an error
    """Nobody is at the other end any more, or what it says is no message."""


class Link:
    """One end of a connection; `most` bounds each message that is read, in bytes."""

    def __init__(self, end: socket.socket, most: int = MAX_MESSAGE) -> None:
        self.end = end
        self._most = most
        self._out = bytearray()
        self._in = bytearray()
        end.setblocking(False)  # noqa: FBT003 - the socket module's signature

    def fileno(self) -> int:
        """Return the descriptor, for `select`."""
        return self.end.fileno()

    @property
    def writing(self) -> bool:
        """Whether there is something that the other end has yet to take."""
        return bool(self._out)

    def put(self, tree: Any) -> None:
        """Send a message, now or as soon as the other end takes it; what has gone is found when it is read."""
        text = json.dumps(tree, separators=(",", ":")).encode()
        self._out += _HEADER.pack(len(text)) + text
        self.flush()

    def flush(self) -> None:
        """Send what the other end takes without waiting."""
        try:
            while self._out:
                del self._out[: self.end.send(self._out[:_CHUNK], _AT_ONCE)]
        except BlockingIOError:
            pass
        except OSError:
            self._out.clear()

    def received(self) -> Iterator[Any]:
        """Take what has come and give the messages that are whole. Raises Closed at the end."""
        ended = self._ended()
        while len(self._in) >= _HEADER.size:
            (size,) = _HEADER.unpack_from(self._in)
            if size > self._most:
                raise Closed
            if len(self._in) < _HEADER.size + size:
                break
            text = bytes(self._in[_HEADER.size : _HEADER.size + size])
            del self._in[: _HEADER.size + size]
            yield _tree(text)
        if ended:
            raise Closed

    def get(self) -> Any:
        """Wait for one message, and send meanwhile what waits. Raises Closed."""
        while True:
            for tree in self.received():
                return tree
            select.select([self.end], [self.end] if self._out else [], [])
            self.flush()

    def take(self) -> None:
        """Take in what has come, for `received` to give later. Raises Closed where there will be no more."""
        if self._ended() and not self._in:
            raise Closed

    def drain(self) -> None:
        """Wait until all is sent, or nobody takes it any more."""
        while self._out:
            select.select([], [self.end], [])
            self.flush()

    def close(self) -> None:
        """Close this end."""
        self.end.close()

    def _ended(self) -> bool:
        """Read what is there, one message's worth at the most; return whether the other end has gone."""
        while len(self._in) <= self._most:
            try:
                part = self.end.recv(_CHUNK)
            except BlockingIOError:
                return False
            except OSError:
                return True
            if not part:
                return True
            self._in += part
        return False


def _tree(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Closed from None
