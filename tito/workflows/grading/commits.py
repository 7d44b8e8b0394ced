"""When a file in a student's git checkout was last committed; the checkout's own settings must run nothing."""

import os
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Final

# A repository's settings can name programs: for hooks, watchers, and to fetch what a partial clone lacks.
_QUIET: Final = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "log.showSignature=false")
_ALONE: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


def commit_time(path: Path) -> datetime | None:
    """Return the committer's time of the last commit that changed a file; None where it is in no checkout."""
    arguments = ("rev-list", "-1", "--no-commit-header", "--format=%cI", "HEAD", "--", path.name)
    try:
        done = subprocess.run(  # noqa: S603 - of a path we found, as one argument
            ["git", *_QUIET, *arguments],  # noqa: S607 - the user's git
            cwd=path.absolute().parent,
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": os.devnull, "LC_ALL": "C", **_ALONE},
            capture_output=True,
            check=False,
            timeout=30,
        )
        return datetime.fromisoformat(done.stdout.decode("ascii").strip())
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
