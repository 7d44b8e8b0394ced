"""Pages of the documentation, run as they are written: files made, edits applied, commands run and compared."""

import json
import os
import re
import subprocess
import sys

from tito.sandbox.system import portable

BLOCK = re.compile(
    r'^```(?P<kind>\w+)(?: file=(?P<quote>"?)(?P<file>.+?)(?P=quote))?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL
)


def walk(page, folder):
    """Run a page in a new folder and return (command, expected, printed) of each command."""
    found = []
    for block in BLOCK.finditer(page.read_text("utf-8")):
        match block["kind"]:
            case "console":
                for command, expected in commands(block["body"]):
                    if command.startswith("cd "):
                        folder = (folder / command.removeprefix("cd ")).resolve()
                    else:
                        found.append((command, expected, run(command, folder)))
            case "diff":
                path, edit = folder / block["file"], run_cell if block["file"].endswith(".ipynb") else patched
                path.write_text(edit(path.read_text("utf-8"), block["body"]), "utf-8")
            case _ if block["file"]:
                path = folder / block["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block["body"], "utf-8")
    return found


def wrong(told):
    """Return what printed something else than its page says."""
    return [
        each
        for each in told
        if not re.fullmatch(pattern(unsaid(each[1])), unsaid(each[2]) if each[2].strip() else "")
    ]


def unsaid(text):
    """Return a text without what is said on the portable path alone, where all of it runs there."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not (portable() and line.startswith("judged on the portable path")))


def commands(body):
    """Return the (command, expected output) pairs of a console block."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def pattern(expected):
    """Return what an output must match: the text, with … for anything."""
    lines = [line.rstrip() for line in expected.splitlines()]
    texts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in lines]
    return "".join(texts)


def patched(text, diff):
    """Return a text with a diff's one hunk applied."""
    lines = diff.splitlines()
    old = "\n".join(line[1:] for line in lines if line[:1] != "+")
    new = "\n".join(line[1:] for line in lines if line[:1] != "-")
    assert text.count(old) == 1, f"this is there {text.count(old)} times:\n{old}"
    return text.replace(old, new)


def run_cell(text, diff):
    """Return a notebook with a diff applied to the one cell that it fits, run and saved as Jupyter does."""
    notebook = json.loads(text)
    old = "\n".join(line[1:] for line in diff.splitlines() if line[:1] != "+")
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    (place,) = (number for number, cell in enumerate(code) if old in "".join(cell["source"]))
    cell = code[place]
    cell["source"] = patched("".join(cell["source"]), diff).splitlines(keepends=True)
    cell["execution_count"] = place + 1
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def run(command, folder):
    tito = f"{sys.executable} -c 'from tito.cli import main; main()'"
    command = re.sub(r"^((?:[A-Z_]+=\S+ )*)tito\b", lambda found: f"{found[1]}{tito}", command)
    settings = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": os.environ.get("PYTHONUTF8", "1")}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines()) + "\n"
