"""The single door: lint, types, layers, tests, coverage, course, bench; `nox -s NAME` runs one."""

import shutil
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "layers", "tests", "coverage", "course"]
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"

STATIONS = ("source", "release", "locking", "scoring", "report", "audit", "importing", "similarity")
PURE = [f"tests/unit/{name}" for name in STATIONS]
PURE += ["tests/properties"]
# The suites of what judges nobody else's work, and of what else students and authors do.
PORTABLE = [f"tests/cli/test_{name}.py" for name in ("commands", "editor", "evening", "milestone", "module", "pages")]
PORTABLE += [f"tests/cli/test_{name}.py" for name in ("submit", "watch", "workspace")]
# Files are opened, and names of files read, in ASCII where tito does not say UTF-8.
CODE_PAGE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
PACKAGES = ("pandas", "matplotlib", "scikit-learn", "scipy", "seaborn", "statsmodels", "sympy", "networkx")


def _install(session: nox.Session, *groups: str) -> None:
    """Install tito and groups of what it is built with; with `--no-venv`, they are there already."""
    if session.virtualenv.is_sandboxed:
        session.install("--quiet", "-e", ".", *nox.project.dependency_groups(nox.project.load_toml(), *groups))


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff's rules and format."""
    _install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Mypy, strict."""
    _install(session, "dev")
    session.run("mypy")


@nox.session
def layers(session: nox.Session) -> None:
    """The layers that DESIGN draws, checked by import-linter."""
    _install(session, "test")
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, on all processors."""
    _install(session, "test")
    session.run("pytest", "-n", "auto", "--dist", "loadfile", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Branch coverage of the pure stations, by their own tests."""
    _install(session, "test")
    session.run("pytest", "-n", "auto", "--cov", "--cov-report=term", "--cov-fail-under=90", *PURE, *session.posargs)


@nox.session
def classes(session: nox.Session) -> None:
    """The way of docs/grading.md with 300 students of each LMS, from files in their documented form."""
    _install(session, "test")
    session.run(
        "pytest", "-n", "auto", "--dist", "loadscope", "tests/classes", *session.posargs, env={"CLASS": "300"}
    )


@nox.session
def captures(session: nox.Session) -> None:
    """Every table at three widths and every page in Chromium, below captures/, to be looked at."""
    _install(session, "test")
    session.run("python", "tests/captures/capture.py", "captures", *session.posargs)


@nox.session
def course(session: nox.Session) -> None:
    """The course's proofs: reference 100 %, stub 0, mutants killed, wrong solutions exactly as expected."""
    proofs(session)
    # `tito validate` has said by now what test_proofs.py asks it.
    run = ("pytest", "-n", "auto", "--dist", "loadfile", "tests/course", "--ignore", "tests/course/test_proofs.py")
    session.run(*run, *session.posargs)


@nox.session
def proofs(session: nox.Session) -> None:
    """What tito itself proves of the course; its tests in tests/course prove the rest."""
    _install(session, "test")
    session.run("tito", "export", "--check")
    session.run("tito", "lock", "--check")
    session.run("tito", "rubric", "check")
    session.run("tito", "validate")
    session.run("tito", "audit", "--check", "--quick", "--fail-under", "95")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed; figures go to the README by hand, with the date and the machine."""
    _install(session, "test")
    session.run("python", "tests/benchmarks/main_job.py", *session.posargs)
    session.run("python", "tests/benchmarks/sandbox.py")
    session.run("python", "tests/benchmarks/readers.py")
    session.run("python", "tests/benchmarks/whole_class.py", "--peers")


@nox.session
def nbgrader(session: nox.Session) -> None:
    """Releases and imports in real nbgrader; optional, for it brings a hundred packages, and grades for minutes."""
    _install(session, "test")
    session.install("--quiet", "nbgrader")
    session.run("pytest", "tests/nbgrader", "-p", "no:randomly", "-W", "default", *session.posargs)


@nox.session
def otter(session: nox.Session) -> None:
    """An imported assignment in real otter-grader; optional, for it brings a hundred packages."""
    _install(session, "test")
    session.install("--quiet", "otter-grader", "ipykernel")
    session.run("pytest", "tests/otter", "-p", "no:randomly", "-W", "default", *session.posargs)


@nox.session
def jupyter(session: nox.Session) -> None:
    """Every lesson of a released workspace in a real Jupyter kernel and as a script; optional, for it takes long."""
    _install(session)
    workspace = Path(session.create_tmp(), "workspace")
    shutil.rmtree(workspace, ignore_errors=True)
    session.run("tito", "release", "--out", str(workspace), silent=True)
    # What the workspace's README says, so that nothing but its own line is needed.
    (wheel,) = workspace.glob("wheels/*.whl")
    session.install("--quiet", "--force-reinstall", "--no-deps", str(wheel))
    session.install("--quiet", str(wheel), "-e", f"{workspace}[jupyter]")
    session.run("python", "tests/jupyter/walk.py", ".", str(workspace), *session.posargs)


@nox.session
def portable(session: nox.Session) -> None:
    """Check, release, module and all forgeries where nothing can be forked, and in a legacy code page; takes long."""
    _install(session, "test")
    lacking = {"PYTHONPATH": str(Path("tests/portable/lacking").resolve())}
    run = ("pytest", "-n", "auto", "--dist", "loadfile", "-p", "no:cacheprovider")
    session.run(*run, *PORTABLE, *session.posargs, env=lacking)
    session.run(*run, "tests/hostile/test_forging.py", "-k", "index or limits", *session.posargs, env=lacking)
    session.run(*run, *PORTABLE, *session.posargs, env=lacking | CODE_PAGE)


@nox.session
def packages(session: nox.Session) -> None:
    """The packages that courses use most, confined, as root and as an ordinary user; optional, for they are large."""
    _install(session, "test")
    session.install("--quiet", *PACKAGES)
    session.run("pytest", "tests/unit/sandbox/test_packages.py", *session.posargs)
    session.run("python", "tests/benchmarks/packages.py")


@nox.session
def mutation(session: nox.Session) -> None:
    """Mutate tito's own stations: nine of ten mutants fail their station's tests; `-- COUNT SEED STATION …`."""
    _install(session, "test")
    session.install("--quiet", "cosmic-ray>=8.4")
    session.run("python", "tests/mutation/mutate.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz the wire with atheris, a minute a target; `nox -s fuzz -- -max_total_time=600` for longer."""
    _install(session, "test")
    session.install("--quiet", "atheris")
    for target in ("decoder", "judge", "subject"):
        session.run("python", "tests/fuzz/fuzz.py", target, *(session.posargs or ["-max_total_time=60"]))


@nox.session(name="fuzz-submissions")
def fuzz_submissions(session: nox.Session) -> None:
    """Hand in 20,000 scripts, notebooks and archives that nobody writes; `-- COUNT FIRST` for others."""
    _install(session, "test")
    session.run("python", "tests/fuzz/submissions.py", *(session.posargs or ["20000"]))
