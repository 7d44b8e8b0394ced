"""A class of a thousand through the real command: `nox -s bench` prints the README's table.

    python tests/benchmarks/whole_class.py [--sizes 100,1000] [--peers]

The class is generated from the samples of module 02, less those that never end, each submission with bytes of its own.
Every score is compared with the expected one. `--peers` adds nbgrader, in a virtual environment of its own.
"""

import argparse
import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import main_job
import peers

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
STUDENTS = [student for student in EXPECTED if student not in main_job.ENDLESS]
CORES = len(os.sched_getaffinity(0))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100,1000")
    parser.add_argument("--peers", action="store_true")
    chosen = parser.parse_args()
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {CORES} cores, Python {platform.python_version()}, module 02, level standard\n"
    )
    print("| what | a second | processor time each | memory at most |\n|---|---|---|---|")
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            folder = generated(Path(name) / "class", size)
            row(f"tito, {size:,} submissions", *graded(folder, size, "--force"), size)
            row("… again, unchanged", *graded(folder, size), size)
    alone = main_job.pytest_alone(10)
    print(f"| one pytest process each, unconfined, {CORES} at once | {CORES / alone:.1f} | | |")
    if chosen.peers:
        print(f"| nbgrader autograde | {peers.nbgrader()} | | |")


def row(what: str, seconds: float, cpu: float, memory: int, size: int) -> None:
    """Print one row."""
    print(
        f"| {what} | {size / seconds:.1f} ({seconds:.1f} s) | {cpu / size * 1000:.1f} ms | {memory >> 20} MB |",
        flush=True,
    )


def generated(folder: Path, size: int) -> Path:
    """Write a class of `size`: the samples in turn, no two files alike."""
    folder.mkdir()
    for place in range(size):
        student = STUDENTS[place % len(STUDENTS)]
        (source,) = (SAMPLES / "submitted" / student / "02_activations").iterdir()
        # Behind the end: a space more changes the bytes and no line.
        (folder / f"{place:05}-{student}{source.suffix}").write_text(source.read_text("utf-8") + " " * (place % 997))
    return folder


def graded(folder: Path, size: int, *options: str) -> tuple[float, float, int]:
    """Grade a folder by the command; return wall and processor seconds, and the most memory of all its processes."""
    out = folder.parent / "out.json"
    command = [*main_job.TITO, "grade", "02", str(folder), "--json", str(out), "--quiet", "--no-gradebook", *options]
    used, begun = children(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = Peak(process.pid)
    code = process.wait()
    wall, cpu = time.perf_counter() - begun, children() - used
    assert code == 0, code
    compare(json.loads(out.read_text("utf-8"))["data"]["grades"], size)
    return wall, cpu, peak.end()


def compare(grades: list[dict[str, object]], size: int) -> None:
    """Fail where a grade is missing or is not the expected one."""
    assert len(grades) == size
    for grade in grades:
        found = {each["id"]: {"status": each["status"], "points": each["earned"]} for each in grade["criteria"]}
        assert found == EXPECTED[grade["student"].partition("-")[2]], grade["student"]


def children() -> float:
    """Return the processor time of all that this process has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Peak:
    """The most memory that a process and its descendants held at once: proportional shares, twice a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def end(self) -> int:
        """Stop watching and return it, in bytes."""
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            self._most = max(self._most, sum(share(pid) for pid in tree(self._pid)))


def tree(root: int) -> set[int]:
    """Return a process and all its descendants."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, more = set(), {root}
    while more:
        found |= more
        more = {pid for pid, parent in parents.items() if parent in found} - found
    return found


def share(pid: int) -> int:
    """Return a process's proportional share of memory, in bytes; 0 for one that has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    sys.exit(main())
