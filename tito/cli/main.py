"""The `tito` command and its error boundary."""

import os
import sys
import traceback
from typing import NoReturn

from tito.errors import Exit, TitoError


def main() -> NoReturn:
    """Run the command line; every end of it is one of the exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding shows a substitute for what it lacks, rather than half a report.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    # The judge does no arithmetic worth a thread, and forks workers, which threads do not survive.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tito.cli.app import app
    from tito.cli.helping import hasten

    hasten(sys.argv[1:])
    try:
        app()
    except TitoError as fault:
        _say(str(fault))
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        _say("interrupted")
        sys.exit(Exit.INTERRUPTED)
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


def _say(text: str) -> None:
    from tito.report import safe

    for line in text.splitlines():
        sys.stderr.write(f"tito: {safe(line)}\n")
