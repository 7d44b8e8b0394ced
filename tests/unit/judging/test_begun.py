"""A process that is begun ahead is the one that is asked for, and ends with this one where nobody asks."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tito.judging.begun import begin_ahead, begun

TEXT = """
import os, socket, sys
link = socket.socket(fileno=int(sys.argv[1]))
link.sendall(f"{os.getpid()} {os.environ['PYTHONHASHSEED']}\\n".encode())
link.recv(1)
"""
ECHO = (sys.executable, "-c", TEXT)


def told(process, link):
    """Return what a process says of itself, and end it."""
    with link:
        pid, seed = link.makefile().readline().split()
    assert process.wait(10) == 0
    return int(pid), int(seed)


def test_what_is_begun_ahead_is_what_is_asked_for():
    begin_ahead(ECHO, 7)
    process, link = begun(ECHO, 7)
    assert told(process, link) == (process.pid, 7)


def test_another_seed_is_another_process():
    begin_ahead(ECHO, 7)
    process, link = begun(ECHO, 8)
    first, ahead = begun(ECHO, 7)
    assert told(process, link) == (process.pid, 8)
    assert told(first, ahead) == (first.pid, 7)


def test_a_process_is_taken_once():
    begin_ahead(ECHO, 7)
    pids = {told(*begun(ECHO, 7))[0] for _ in range(2)}
    assert len(pids) == 2


def test_what_nobody_asks_for_ends_with_this_process():
    text = f"""
        from tito.judging import begun
        begun.begin_ahead({ECHO!r}, 0)
        ((process, _),) = begun._AHEAD.values()
        print(process.pid)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(text)], capture_output=True, text=True, check=True)
    assert not Path(f"/proc/{int(run.stdout)}").exists()


def test_what_cannot_be_begun_is_left_to_whoever_asks():
    begin_ahead(("/nowhere/to/be/found",), 0)
    with pytest.raises(FileNotFoundError):
        begun(("/nowhere/to/be/found",), 0)
