"""A connection between two of tito's processes where no descriptor can be inherited: this machine's loopback.

Whoever starts the other process opens a door and tells it the address over its standard input, which nobody else can
read; only who knows the token in it comes in. That input stays open for as long as it wants the other one to live.
"""

import hmac
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    import subprocess

_HOST: Final = "127.0.0.1"
_TOKEN: Final = 32
_LOOK: Final = 0.1
_PATIENCE: Final = 10.0
_CHUNK: Final = 1 << 16
_ABOVE: Final = 100


class Door:
    """A listening end for one process; use it in a `with` statement, and tell that process its `address`."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(_TOKEN // 2).encode()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # On Windows, others could listen at the same place.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self._socket.bind((_HOST, 0))
        self._socket.listen(1)
        self._socket.settimeout(_LOOK)
        self.address: tuple[int, str] = (self._socket.getsockname()[1], self._token.decode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._socket.close()

    def guest(self, alive: Callable[[], bool], seconds: float) -> socket.socket:
        """Wait for who knows the token. Raises OSError where it does not come, as when it is no longer `alive`."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                found, _ = self._socket.accept()
            except TimeoutError:
                if not alive():
                    break
                continue
            if hmac.compare_digest(_said(found), self._token):
                return _settled(found)
            found.close()
        raise ConnectionError("the process that was started does not answer")


def call(address: Sequence[object]) -> socket.socket:
    """Come in by the door at an address. Raises OSError where it is closed."""
    port, token = address
    link = socket.create_connection((_HOST, int(str(port))), _PATIENCE)
    link.sendall(str(token).encode())
    return _settled(link)


def orders() -> Iterator[bytes]:
    """Give the lines of the standard input, which is empty for everybody else from then on."""
    # Out of the way of the descriptors that are opened next, of which a link is the first.
    ours, nowhere = os.dup2(0, _ABOVE, inheritable=False), os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    return _lines(ours)


def order(process: "subprocess.Popen[bytes]", content: object) -> None:
    """Write a line for the `orders` of a process. Raises OSError where it has gone."""
    if process.stdin:
        process.stdin.write(json.dumps(content).encode() + b"\n")
        process.stdin.flush()


def end_with(lines: Iterator[bytes], heed: Callable[[], None] = lambda: None) -> None:
    """Have a thread `heed` each further line, and end this process with whoever writes them."""

    def follow() -> None:
        for _ in lines:
            heed()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _lines(descriptor: int) -> Iterator[bytes]:
    text = b""
    while part := os.read(descriptor, _CHUNK):
        *whole, text = (text + part).split(b"\n")
        yield from whole


def _said(guest: socket.socket) -> bytes:
    guest.settimeout(_PATIENCE)
    said = b""
    try:
        while len(said) < _TOKEN and (part := guest.recv(_TOKEN - len(said))):
            said += part
    except OSError:
        return b""
    return said


def _settled(link: socket.socket) -> socket.socket:
    link.settimeout(None)
    # Question and answer go back and forth: none waits to be sent along with the next.
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link
