"""Parse, call one workflow, render, exit; the one place where errors become sentences and exit codes."""

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the `tito` command."""
    # The judge does no arithmetic worth a thread, and forks workers, which threads do not survive.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        _begin_ahead(sys.argv[1:])
        from tito.cli.main import run

        run()
    except KeyboardInterrupt:
        from tito.errors import Exit

        sys.stderr.write("tito: interrupted\n")
        sys.exit(Exit.INTERRUPTED)


def _begin_ahead(arguments: list[str]) -> None:
    """Have a judge load itself, which takes longer than all else, before this process loads what it shows with."""
    from tito.sandbox.system import portable

    command = next((each for each in arguments if not each.startswith("-")), "")
    if command != "check" or {"-h", "--help"} & {*arguments} or portable():
        return
    from tito.judging.begun import begin_ahead
    from tito.workflows.grading.command import SEED, WORKER

    begin_ahead(WORKER, SEED)
