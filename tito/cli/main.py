"""The `tito` command and its error boundary."""

import atexit
import gc
import os
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

from tito.errors import Exit, TitoError


def run() -> NoReturn:
    """Run the command line; every end of it is one of the exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding shows a substitute for what it lacks, rather than half a report.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    # Modules and commands stay: to look through them for rubbish again and again took a tenth of a short command.
    gc.set_threshold(50_000, 20, 20)
    # And what is there at the end goes with the process: to look through that took an eighth.
    atexit.register(gc.freeze)
    from tito.cli.app import app_of
    from tito.cli.console import take_plain
    from tito.cli.helping import hasten

    sys.argv[1:] = take_plain(sys.argv[1:])
    hasten(sys.argv[1:])
    try:
        _end_as_interrupted()
        app_of(sys.argv[1:])()
    except TitoError as fault:
        _say(str(fault))
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing is left to be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a sentence, never a traceback
        if os.environ.get("TITO_DEBUG"):
            traceback.print_exc()
        _say(
            f"tito broke: {type(fault).__name__}: {fault}. Run it again with TITO_DEBUG=1 and report what it prints."
        )
        sys.exit(Exit.BROKEN)
    sys.exit(Exit.DONE)


def _end_as_interrupted() -> None:
    """Take being ended, or the end of the terminal, for the interruption that Ctrl-C is: everything is put away.

    Whoever started this process may have it ignore them.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    # Whoever is impatient now would only keep it from putting things away.
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _say(text: str) -> None:
    from tito.report import safe

    for line in text.splitlines():
        sys.stderr.write(f"tito: {safe(line)}\n")
