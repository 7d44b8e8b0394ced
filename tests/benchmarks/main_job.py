"""Measure the main job: `nox -s bench` prints the README's table. Nothing here is asserted in a test.

Wall-clock medians on whatever machine this is; the last rows compare with one pytest process per submission in the
same run, as a ratio. Scores are compared with the expected ones, for speed that is wrong is worth nothing.
"""

import datetime as dt
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

from classes import ROOT, compare, examples, generated

from tito.report import grades_json
from tito.sandbox.confine import best_level
from tito.workflows.course.opening import open_course
from tito.workflows.grading.grade import grade
from tito.workflows.grading.judges import start_pool

TITO = [sys.executable, "-c", "from tito.cli import main; main()"]


def main() -> None:
    """Print the table."""
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, Linux {platform.release()}\n"
    )
    print("| what | measured | target |\n|---|---|---|")
    row("`tito --help`", command(["--help"]), "0.2 s")
    row("`tito check 02`, all six tests", command(["check", "02"]), "0.6 s")
    warm, cpu = warm_class(120)
    row("a submission of module 02, warm, one worker", warm, "60 ms")
    row("… of which processor time, judge and subject", cpu, "")
    row("bare fork of a subject and its end", bare_fork(100), "")
    judge, judge_cpu = unreadable_class(240)
    row("a fresh judge: its fork, a file that cannot be read, its end", judge, "")
    row("… of which processor time", judge_cpu, "")
    alone = pytest_alone(10)
    row("the same, one pytest process each, unconfined and forgeable", alone, f"{alone / warm:.0f} times as long")


def row(what: str, seconds: float, target: str) -> None:
    """Print one row."""
    shown = f"{seconds * 1000:.0f} ms" if seconds < 0.2 else f"{seconds:.2f} s"
    print(f"| {what} | {shown} | {target} |", flush=True)


def command(arguments: list[str], times: int = 7) -> float:
    """Return the median wall time of a command, first run left out."""
    return statistics.median(timed([*TITO, *arguments]) for _ in range(times + 1)[1:])


def timed(command: list[str], cwd: Path = ROOT) -> float:
    """Return the wall time of one process."""
    begun = time.perf_counter()
    # Compiled files are kept, as they are on a user's machine.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return time.perf_counter() - begun


def warm_class(count: int) -> tuple[float, float]:
    """Return wall and processor seconds a submission in one warm run over copies of the samples."""
    chosen = examples("02_activations")
    with tempfile.TemporaryDirectory() as name:
        folder = generated(Path(name) / "class", chosen, count)
        begun, used = time.perf_counter(), processor()
        course = open_course(ROOT)
        with start_pool(course, 1) as pool:
            result = grade(course, "02", [folder], pool)
        wall, cpu = time.perf_counter() - begun, processor() - used
    compare(json.loads(grades_json("grade", result.grades))["data"], chosen, count)
    return wall / count, cpu / count


def unreadable_class(count: int) -> tuple[float, float]:
    """Return wall and processor seconds that one more submission costs whose judge reads it and goes."""
    costs = {}
    for size in (count // 4, count):
        with tempfile.TemporaryDirectory() as name:
            for place in range(size):
                Path(name, f"s{place:04}.py").write_bytes(b"\xff" * (place + 1))
            begun, used = time.perf_counter(), processor()
            with start_pool(open_course(ROOT), 1) as pool:
                result = grade(open_course(ROOT), "02", [Path(name)], pool)
            costs[size] = time.perf_counter() - begun, processor() - used
        assert all(each.refusal for each in result.grades), "these cannot be read"
    (wall, cpu), (more_wall, more_cpu) = costs.values()
    return (more_wall - wall) / (count - count // 4), (more_cpu - cpu) / (count - count // 4)


def processor() -> float:
    """Return the processor time of this process and all that it has waited for."""
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def bare_fork(count: int) -> float:
    """Return the wall time of starting a subject and ending it."""
    from tito.judging.judge.contract import Contract
    from tito.judging.judge.launcher import Zygote
    from tito.judging.judge.session import Session
    from tito.sandbox.limits import Limits

    with Zygote(best_level(), Limits()) as zygote:
        zygote.load({})
        begun = time.perf_counter()
        for _ in range(count):
            session = Session(zygote, zygote.spawn(), Contract(), ())
            session.ready()
            session.close()
        return (time.perf_counter() - begun) / count


def pytest_alone(times: int, module: str = "02_activations") -> float:
    """Return the wall time of the classic way: tests and submission in one fresh pytest process."""
    lesson = module.partition("_")[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        core = folder / "tinytorch" / "core"
        core.mkdir(parents=True)
        for each in {"tensor", lesson}:
            shutil.copy(ROOT / f"tinytorch/core/{each}.py", core)
        shutil.copy(ROOT / f"graders/{module}/test_{lesson}.py", folder)
        (folder / "pytest.ini").write_text(
            textwrap.dedent("""
            [pytest]
            markers = criterion(grade_id, points)
            pythonpath = .
            """)
        )
        arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--disable-plugin-autoload"]
        return statistics.median(timed(arguments, folder) for _ in range(times))


if __name__ == "__main__":
    main()
