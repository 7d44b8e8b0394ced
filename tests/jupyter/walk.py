"""Go through a released workspace as a student does: `python walk.py COURSE WORKSPACE`, in the workspace's environment.

Each lesson's stub runs in a real Jupyter kernel and as a script, and must fail at every graded cell. Then the reference
takes its place, must run from top to bottom in both ways, and is completed, so that the next lesson can import it. At the
end every milestone is run. Without nox: `pip install nbclient ipykernel` beside what the workspace's README installs.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jupytext
import nbclient

TITO = Path(sys.executable).with_name("tito")
SECONDS = 300
# A kernel warns at each start that it speaks to this process unencrypted.
QUIET = ["--log-level=40"]


def main(course, workspace):
    """Walk through all lessons, then all milestones; return the problems that were found."""
    os.environ.pop("PYTHONPATH", None)
    problems = []
    for stub in sorted(workspace.glob("modules/*/*_dev.py")):
        begun, name = time.monotonic(), stub.parent.name
        found = [*failing_stub(stub)]
        (source,) = course.glob(f"*/modules/{name}/{stub.name}")
        shutil.copyfile(source, stub)
        found += [*running_lesson(stub), *said_no(workspace, "module", "complete", name)]
        problems += [f"{name}: {each}" for each in found]
        sys.stdout.write(f"{name:18} {time.monotonic() - begun:5.0f} s   {'; '.join(found) or 'as it should be'}\n")
        sys.stdout.flush()
    for name in milestones(workspace):
        problems += said_no(workspace, "milestone", "run", name)
    return problems


def failing_stub(path):
    """Yield what is wrong with a stub: a graded cell that does not fail, or another error than that of a stub first."""
    errors, graded = in_kernel(path)
    if [number for number in graded if number not in errors]:
        yield f"graded cells {[number for number in graded if number not in errors]} of the stub pass in Jupyter"
    first = next(iter(errors.values()), "no error")
    if not first.startswith("NotImplementedError"):
        yield f"the stub's first error in Jupyter is {first}"
    code, last = as_script(path)
    if not code or not last.startswith("NotImplementedError"):
        yield f"the stub as a script ends with {code}: {last}"


def running_lesson(path):
    """Yield what fails in a lesson that is solved."""
    errors, _ = in_kernel(path)
    yield from (f"cell {number} fails in Jupyter: {told}" for number, told in errors.items())
    code, last = as_script(path)
    if code:
        yield f"as a script it ends with {code}: {last}"


def in_kernel(path):
    """Run a lesson in a fresh kernel, in its own folder; return {number of a cell: its error} and the graded cells."""
    notebook = jupytext.read(path)
    places = {"metadata": {"path": str(path.parent)}}
    client = nbclient.NotebookClient(
        notebook, timeout=SECONDS, allow_errors=True, kernel_name="python3", resources=places, extra_arguments=QUIET
    )
    client.execute()
    code = [(number, cell) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    errors = {
        number: f"{output.ename}: {output.evalue}"
        for number, cell in code
        for output in cell.outputs
        if output.output_type == "error"
    }
    return errors, [number for number, cell in code if cell.metadata.get("nbgrader", {}).get("grade")]


def as_script(path):
    """Run a lesson as a script; return its exit code and the last line that it wrote."""
    done = subprocess.run(
        [sys.executable, path.name], cwd=path.parent, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    lines = (done.stderr or done.stdout).strip().splitlines()
    return done.returncode, lines[-1] if lines else ""


def said_no(workspace, *arguments):
    """Return [what tito said] where a command fails, else nothing."""
    done = subprocess.run([TITO, *arguments], cwd=workspace, capture_output=True, text=True, check=False)
    return [f"tito {' '.join(arguments)}: {done.stdout}{done.stderr}"] if done.returncode else []


def milestones(workspace):
    """List the names of the milestones."""
    done = subprocess.run([TITO, "milestone", "status", "--json"], cwd=workspace, capture_output=True, check=True)
    return [each["milestone"] for each in json.loads(done.stdout)["data"]]


if __name__ == "__main__":
    faults = main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
    sys.exit("\n".join(faults) or 0)
