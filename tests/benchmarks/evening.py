"""Measure what a student waits for: `tito check` beside a bare pytest process, in turn; `--watch` from save to result.

Nothing here is asserted in a test. Both run the same six tests of module 02 on the same file; the ratio is of medians.
"""

import os
import pty
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from classes import ROOT
from main_job import TITO, pytest_alone, timed

TURNS = 9
MODULE = "02_activations"


def main() -> None:
    """Print the table."""
    checks, bare = [], []
    timed([*TITO, "check", "02"])
    for _ in range(TURNS):
        checks.append(timed([*TITO, "check", "02"]))
        bare.append(pytest_alone(1, MODULE))
    check, alone = statistics.median(checks), statistics.median(bare)
    print("| what | median | |\n|---|---|---|")
    print(f"| `tito check 02` | {check:.2f} s | {check / alone:.2f} times one bare pytest process |")
    print(f"| one bare pytest process on the same tests | {alone:.2f} s | |")
    saves = watched()
    print(
        f"| `tito check --watch`, from the save to the result | {statistics.median(saves):.2f} s | most {max(saves):.2f} s |"
    )


def watched() -> list[float]:
    """Return how long after each save the result stood there."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "course")
        ignored = shutil.ignore_patterns(".git", ".venv", "tests", "samples", ".tito", "*_cache")
        shutil.copytree(ROOT, root, ignore=ignored)
        path = root / f"tinytorch/modules/{MODULE}/activations_dev.py"
        text = path.read_text("utf-8")
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*TITO, "check", "--watch", "02"], cwd=root, stdin=theirs, stdout=theirs, stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}, start_new_session=True,
        )  # fmt: skip
        try:
            shown(ours)
            return [saved(path, text.replace("maximum(0,", f"maximum({turn},"), ours) for turn in range(1, TURNS + 1)]
        finally:
            os.write(ours, b"q")
            process.wait(10)


def saved(path: Path, text: str, screen: int) -> float:
    """Save a file, and return how long it took until its result was shown."""
    time.sleep(0.5)
    begun = time.perf_counter()
    path.write_text(text, "utf-8")
    shown(screen)
    return time.perf_counter() - begun


def shown(screen: int) -> None:
    """Wait for the line of keys, which is the last one."""
    found = b""
    while not re.search(rb"q quit", found):
        if select.select([screen], [], [], 30)[0]:
            found += os.read(screen, 1 << 16)
        else:
            sys.exit("nothing was shown")


if __name__ == "__main__":
    main()
