"""The two kinds of users that grade, as ways to start Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NOBODY = 65_534


class User:
    """Somebody who runs Python with tito and numpy: `python(*arguments)` returns what it printed."""

    def __init__(self, name, *command):
        self.name = name
        self._command = command

    def python(self, *arguments, code=0):
        import numpy as np

        places = [ROOT, Path(np.__file__).parents[1]]
        settings = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": os.pathsep.join(map(str, places)),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if "LD_LIBRARY_PATH" in os.environ:
            settings["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        command = [*self._command, *map(str, arguments)]
        done = subprocess.run(
            command, cwd="/", env=settings, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == code, f"{done.stdout[-3000:]}\n{done.stderr}"
        return done.stdout

    def within(self, *command):
        """Return this user, started by another command."""
        return User(self.name, *self._command[:-1], *command, self._command[-1])

    def works(self):
        """Whether this user can read the interpreter and the packages at all."""
        try:
            # The first start may still have root's rights to files, so what counts is whether it could start again.
            code = (
                "import numpy, os, pytest, tito, sys; print(sys.version_info[:2], os.access(sys.executable, os.X_OK))"
            )
            return self.python("-c", code) == f"{sys.version_info[:2]} True\n"
        except (AssertionError, OSError):
            return False


@pytest.fixture(scope="session")
def root():
    """Root, where the tests run as root."""
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    return User("root", sys.executable)


@pytest.fixture(scope="session")
def ordinary():
    """An ordinary user: who runs the tests, or nobody where root does."""
    if os.geteuid() != 0:
        return User("ordinary", sys.executable)
    setpriv = shutil.which("setpriv") or "setpriv"
    drop = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    for python in dict.fromkeys([sys.executable, shutil.which("python3", path="/usr/bin:/usr/local/bin")]):
        if python and (user := User("ordinary", *drop, python)).works():
            return user
    pytest.skip("nobody but root can run this interpreter, and the system has none of the same version")


@pytest.fixture(scope="session", params=["root", "ordinary"])
def user(request):
    """Each kind of user in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def open_folder(tmp_path_factory):
    """A folder in which everybody may write, were it not for the sandbox."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="tito-open-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture(scope="session")
def tito():
    """Run tito in the course, on a kernel with Landlock or without."""

    def run(*arguments, landlock):
        old = [sys.executable, str(HERE / "old_kernel.py"), "ENOSYS", "landlock_create_ruleset"]
        command = [sys.executable, "-c", "from tito.cli import main; main()", *map(str, arguments)]
        full = command if landlock else [*old, *command]
        return subprocess.run(full, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)

    return run
