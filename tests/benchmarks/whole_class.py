"""A class of a thousand through the real command: `nox -s bench` prints the README's table.

    python tests/benchmarks/whole_class.py [--sizes 100,1000,10000] [--peers]

The classes are generated; every score is compared with the expected one. `--peers` adds nbgrader and otter, in virtual
environments of their own.
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
from typing import NamedTuple

import distributed
import main_job
import peers
from classes import ROOT, compare, examples, generated

CORES = len(os.sched_getaffinity(0))
MODULES = ("01_tensor", "02_activations")


class Cost(NamedTuple):
    """What one run cost: wall and processor seconds, and the most memory of all its processes, in bytes."""

    seconds: float
    cpu: float
    memory: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--peers", action="store_true")
    chosen = parser.parse_args()
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {CORES} cores, Python {platform.python_version()}, level standard\n"
    )
    print("| what | a second | processor time each | memory at most |\n|---|---|---|---|")
    measured("01_tensor", 1000)
    costs = {size: measured("02_activations", size) for size in map(int, chosen.sizes.split(","))}
    clustered("02_activations", 1000)
    for module in MODULES:
        alone = main_job.pytest_alone(10, module)
        print(
            f"| one pytest process each, module {module[:2]}, unconfined, {CORES} at once | {CORES / alone:.1f} | | |"
        )
    for name, rate in {"nbgrader autograde": peers.nbgrader, "otter run": peers.otter}.items():
        if chosen.peers:
            print(f"| {name}, module 02 | {rate()} | | |", flush=True)
    (first, small), *_, (last, large) = costs.items()
    growth = (large.cpu / last) / (small.cpu / first)
    print(f"\nA submission among {last:,} costs {growth:.2f} times what one among {first:,} does.")


def measured(module: str, size: int) -> Cost:
    """Grade a class anew and again, and print both rows; return what the first cost."""
    chosen = examples(module)
    with tempfile.TemporaryDirectory() as name:
        folder = generated(Path(name) / "class", chosen, size)

        def graded(*options: str) -> Cost:
            cost, grades = run(module, folder, *options)
            compare(grades, chosen, size)
            return cost

        anew, again = graded("--force"), graded()
    row(f"tito, module {module[:2]}, {size:,} submissions", anew, size)
    row("… again, unchanged", again, size)
    return anew


def clustered(module: str, size: int) -> None:
    """Grade a class on a cluster of workers on this machine, as many as it has processors, and print the rate."""
    chosen = examples(module)
    with (
        tempfile.TemporaryDirectory() as name,
        distributed.LocalCluster(CORES, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        folder = generated(Path(name) / "class", chosen, size)
        cost, grades = run(module, folder, "--force", "--cluster", cluster.scheduler_address)
    compare(grades, chosen, size)
    print(
        f"| tito, module {module[:2]}, {size:,} submissions, a cluster of {CORES} workers here | {size / cost.seconds:.1f} ({cost.seconds:.1f} s) | | |"
    )


def row(what: str, cost: Cost, size: int) -> None:
    """Print one row."""
    print(
        f"| {what} | {size / cost.seconds:.1f} ({cost.seconds:.1f} s) | {cost.cpu / size * 1000:.1f} ms "
        f"| {cost.memory >> 20} MB |",
        flush=True,
    )


def run(module: str, folder: Path, *options: str, root: Path = ROOT) -> tuple[Cost, list[dict[str, object]]]:
    """Grade a folder by the command, in the course in `root`; return what it cost, and the grades."""
    out = folder.parent / "out.json"
    command = [
        *main_job.TITO,
        "grade",
        module,
        str(folder),
        "--json",
        str(out),
        "--quiet",
        "--no-gradebook",
        *options,
    ]
    used, begun = children(), time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = Peak(process.pid)
    code = process.wait()
    wall, cpu = time.perf_counter() - begun, children() - used
    assert code == 0, code
    return Cost(wall, cpu, peak.end()), json.loads(out.read_text("utf-8"))["data"]["grades"]


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
