"""Whole submissions, made of honest ones and bent as people and attackers bend them: scripts, notebooks, archives.

`python tests/fuzz/submissions.py 20000` hands that many to the readers, and then grades them as a class of tinytorch's
module 02; whatever raises anything but a refusal ends it, with the seed of the case, and so does a grade that is broken.
`case(seed)` is the same one everywhere, and `hand_in` makes a class of them.
"""

import base64
import bz2
import contextlib
import copy
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import tempfile
import warnings
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tito.collection.folders import find, read
from tito.collection.layout import Layout
from tito.errors import TitoError, UnreadableError
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course, Module
from tito.model.document import Format, Role
from tito.model.grader import Grader, LockedCell, LockedManual
from tito.model.submission import Submission
from tito.source import parse, write
from tito.source.exports import export, imports, target
from tito.source.markers import check_markers
from tito.workflows.course.opening import open_course
from tito.workflows.grading.collect import Wanted, collect
from tito.workflows.grading.grade import grade
from tito.workflows.grading.intake import compared
from tito.workflows.grading.judges import start_pool

ROOT = Path(__file__).parents[2]
BATCH = 500
ARCHIVES = (".zip", ".tar", ".gz", ".xz", ".bz2")
HONEST = (ROOT / "tinytorch/modules/02_activations/activations_dev.py").read_text("utf-8")
SCRIPTS = [path.read_text("utf-8") for path in sorted(ROOT.glob("samples/submitted/*/02_*/*.py"))]
CELLS = (
    LockedCell("setup", Role.READ_ONLY, "0" * 64, None, "LIMIT = 1"),
    LockedCell("test-relu", Role.TEST, "1" * 64, Decimal(2)),
)
MANUAL = (LockedManual("relu-impl", Decimal(1), Role.MANUAL, ()), LockedManual("all", Decimal(1), Role.ORDINARY))
GRADER = Grader("02_m", "core.m", (), (), CELLS, ("sigmoid-impl", "relu-impl"), manual=MANUAL)

NUMBERS = [
    "0",
    "-1",
    "1e400",
    "-1e400",
    "NaN",
    "1" * 400,
    "1" * 5_000,
    "9" * 20,
    "0.1",
    "true",
    "1e-400",
    "0x10",
    "007",
]
PIECES = [
    '"""', "'''", "'", '"', "\\", "\\\n", "\n", "\t", "\f", " ", "(", "[", "{", "}", "]", ")", "#", "=", ":", ",", "\0",
    "\ud800", "\ufeff", "\u202e", "\x1b[2J", "é", "٣", "\x85", "\u2028", "# %%\n", "# %% [markdown]\n", "# %% {", "# ---\n",
    "# jupyter:\n", '# %% nbgrader={"grade_id": "x", "solution": true}\n', "# In[1]:\n", "%matplotlib inline\n", "!ls \\\n",
    "x = !ls\n", "x?\n", "%%bash\n", "%%time\n", "### BEGIN SOLUTION\n", "### END SOLUTION\n", "# begin solutoin\n",
    "### BEGIN HIDDEN TESTS\n", "#| export\n", "#| default_exp core.m\n", "<<<<<<< a\n", ">>>>>>> b\n", "# coding: latin-1\n",
    "# coding: hex\n", "from __future__ import annotations\n", "return\n", "async def f(): await x\n", "match x:\n  case _: pass\n",
    "f'{x!r:{y}}'", "lambda: (yield)", "del", "*a, b = c", "if x:\n", "    pass\n", "\r\n", "\r", "[" * 300, "-" * 3_000, "a," * 3_000,
]  # fmt: skip
YAML = [
    "a: !!bool x", "a: !!python/name:os.system", "a: &a [*a]", "a: &a {b: *a}", "- 1", "jupytext: 5", "a: [", "a: 2025-13-45",
    "? [1]\n: 2", "<<: 5", "a: 0x" + "f" * 500, "kernelspec: {language: 5}", "1: 2", "a: " + "[" * 200, "a: '", "a: |\n  x", "*a",
]  # fmt: skip
VALUES = [
    None, True, 0, -1, 1e400, 10**400, "", "x", "\0", "\ud800", "x" * 20_000, [], {}, [1], ["a", 1], {"a": 1}, "1e999999999", -5.5,
    "nbgrader", [[[[]]]], {"grade": "yes"}, 10**30,
]  # fmt: skip
KEYS = ["cells", "metadata", "nbformat", "nbformat_minor", "cell_type", "source", "outputs", "nbgrader", "grade_id", "points", "id", "worksheets", "level", "orig_nbformat", "jupytext", "tags", ""]  # fmt: skip
NAMES = ["ann", "Ann", "02_m", "m_dev.py", "m_dev.ipynb", "a.py", "..", ".", "", "C:", "\\", "x\x1b", "é", "__MACOSX", ".git", "con", "a" * 300, "leeann_1_2_m_dev.py", "Ann_7_assignsubmission_file_", "HW_ann_attempt_2026-99-01-10-00-00_m_dev.py", "submission_1", "submission_metadata.yml"]  # fmt: skip
METADATA = ["submission_1:\n  :submitters:\n  - :sid: !!int x\n", "submission_1: 5\n", "submission_1:\n  :submitters: 5\n", "a: &a [*a]\n", "{"]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file as it was handed in."""

    name: str
    content: bytes


def case(seed):
    """Return the case of a seed."""
    chance = random.Random(seed)  # noqa: S311 - it is to be the same every time
    kind = chance.choice(["script", "script", "notebook", "notebook", "archive"])
    with warnings.catch_warnings():
        # Of names that are in an archive twice.
        warnings.simplefilter("ignore")
        return {"script": script, "notebook": notebook, "archive": packed}[kind](chance)


def hand_in(folder, seeds):
    """Write the cases of some seeds into a class's folder, each as a student's file named after its seed."""
    for seed in seeds:
        made = case(seed)
        (folder / f"s{seed:06}{made.name[made.name.index('.') :]}").write_bytes(made.content)


def broken(seeds):
    """Grade a class of some seeds' cases with an honest one among them; return whoever's grade is broken or missing."""
    course = open_course(ROOT)
    # What never ends costs this much; nothing that is right takes as long.
    course = replace(
        course, settings=replace(course.settings, test_seconds=0.5, load_seconds=0.5, submission_seconds=5)
    )
    with tempfile.TemporaryDirectory() as name, start_pool(course) as pool:
        hand_in(Path(name), seeds)
        Path(name, "zoe.py").write_text(HONEST, "utf-8")
        result = grade(course, "02", [Path(name)], pool)
        grades = {each.student: each for each in result.grades}
        wrong = {student for student, each in grades.items() if each.broken}
        missing = {f"s{seed:06}" for seed in seeds if not case(seed).name.endswith(ARCHIVES)} - grades.keys()
        return wrong | missing | ({"zoe"} if grades["zoe"].earned != grades["zoe"].possible else set())


def hold(case):
    """Read a case as tito does. Raises whatever is no refusal, and AssertionError where what was read is not sound."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if case.name.lower().endswith((".py", ".ipynb")):
            work(case.name, case.content)
        else:
            unpacked(case)


def work(path, content):
    with contextlib.suppress(UnreadableError):
        made = compared("ann", path, content, GRADER)
        sound(made)
        for use in (export, target, check_markers):
            with contextlib.suppress(TitoError):
                use(made.document)
        for code in made.code:
            imports(code.source)


def unpacked(case):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "in" / case.name).write_bytes(case.content)
        (folder / "in" / "zoe.py").write_text("a = 1\n")
        rows = {each.student: each for each in find([folder / "in"], Layout("02_m", "m_dev"))}
        assert read(rows.pop("zoe")) == b"a = 1\n"
        for row in rows.values():
            with contextlib.suppress(UnreadableError):
                work(row.path, read(row))
        lesson = folder / "02_m"
        module = Module("02_m", lesson / "m_dev.py", folder / "g", folder / "r.yaml", lesson, "m_dev")
        course = Course(folder, modules=(module,))
        collect(course, "02", [folder / "in" / case.name, folder / "in"], Wanted(folder / "out", every=True))
        assert (folder / "out/zoe/02_m/m_dev.py").read_text() == "a = 1\n"
        assert {each.name for each in folder.iterdir()} == {"in", "out"}


def sound(made):
    """Hold what was read to what judges, stores and reports need of it."""
    assert len(made.notes) < 50
    assert all(len(each) < 1_000 for each in made.notes)
    assert all(len(each.text) <= 64_000 for each in made.answers)
    for code in made.code:
        code.source.encode()
    slim = replace(made, document=None, code=())
    assert from_plain(Submission, json.loads(json.dumps(to_plain(slim)))) == slim


def script(chance):
    """Return a script with some of it changed, in one of the encodings that files have."""
    text = chance.choice([*SCRIPTS, "", "a = 1\n", "# %%\na = 1\n"])
    if chance.random() < 0.3:
        said = chance.choice(YAML).replace("\n", "\n#   ")
        text = f"# ---\n# jupyter:\n#   {said}\n# ---\n\n{text}"
    for _ in range(chance.randrange(6)):
        text = bent(chance, text)
    name = chance.choice(["m_dev.py", "m_dev.py", "m_dev.PY", "m_dev.ipynb"])
    return Case(name, raw(chance, text))


def bent(chance, text):
    """Return a text with one change: something put in, taken out, repeated, moved, or a number replaced."""
    at = chance.randrange(len(text) + 1)
    to = min(len(text), at + chance.choice([0, 0, 1, 5, 80, 1_000]))
    match chance.randrange(6):
        case 0 | 1:
            return text[:at] + chance.choice(PIECES) + text[to:]
        case 2:
            return text[:at] + text[at:to] * chance.choice([0, 2, 50]) + text[to:]
        case 3:
            lines = text.split("\n")
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            return "\n".join(lines)
        case 4:
            return text[:at] + chance.choice(PIECES) * chance.choice([2, 40, 400]) + text[to:]
    place = next((at + found for found, sign in enumerate(text[at:]) if sign.isdigit()), at)
    return text[:place] + chance.choice(NUMBERS) + text[place + 1 :]


def raw(chance, text):
    """Return a text's bytes, sometimes in an encoding that it does not declare, sometimes damaged."""
    encoding = chance.choice(["utf-8"] * 8 + ["utf-8-sig", "latin-1", "utf-16", "cp1252", "shift_jis", "utf-7"])
    content = bytearray(text.encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace"))
    for _ in range(chance.choice([0] * 6 + [1, 3])):
        at = chance.randrange(len(content) + 1)
        content[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
    return bytes(content)


def notebook(chance):
    """Return a notebook in which some values are others, then perhaps its text changed as a script's is."""
    source = parse(chance.choice(SCRIPTS), "a.py", lenient=True)
    content = json.loads(write(source, Format.NOTEBOOK)) if chance.random() < 0.9 else old_notebook(chance)
    for _ in range(chance.randrange(5)):
        replace_somewhere(chance, content)
    text = json.dumps(content)
    if chance.random() < 0.2:
        text = text.replace('"metadata"', f'"{chance.choice(KEYS)}"', chance.randrange(1, 4))
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        text = bent(chance, text)
    return Case("m_dev.ipynb", raw(chance, text) if chance.random() < 0.3 else text.encode("utf-8", "surrogatepass"))


def old_notebook(chance):
    kinds = ["code", "markdown", "heading", "html", "raw", "spell"]
    cells = [{"cell_type": chance.choice(kinds), "input": ["a = 1"], "source": "b", "metadata": {}, "level": chance.choice([1, 10**20, -1, None, "x"])} for _ in range(3)]  # fmt: skip
    return {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


def replace_somewhere(chance, place):
    """Replace, add or remove one value somewhere in plain data."""
    while True:
        keys = [*place] if isinstance(place, dict) else [*range(len(place))]
        if isinstance(place, dict) and chance.random() < 0.05:
            place[chance.choice(KEYS)] = copy.deepcopy(chance.choice(VALUES))
            return
        if not keys:
            return
        key = chance.choice(keys)
        inner = place[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            place = inner
        elif chance.random() < 0.2:
            del place[key]
            return
        else:
            place[key] = copy.deepcopy(chance.choice(VALUES)) if chance.random() < 0.8 else chance.choice(PIECES)
            return


def packed(chance):
    """Return an archive of members with odd names, kinds and times, perhaps damaged."""
    members = [member(chance) for _ in range(chance.randrange(1, 7))]
    form = chance.choice(["zip", "zip", "tar", "tar.gz", "tar.xz", "tar.bz2"])
    content = bytearray(zipped(members, chance) if form == "zip" else tarred(members, form))
    for _ in range(chance.choice([0, 0, 0, 1, 3])):
        at = chance.randrange(len(content) + 1)
        content[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(5))
    return Case(f"{chance.choice(['ann', 'class', 'x y'])}.{form}", bytes(content))


def member(chance):
    name = "/".join(chance.choice(NAMES) for _ in range(chance.choice([1, 1, 2, 3, 20])))
    inside = chance.choice([script, notebook])(chance).content[:20_000]
    inside = chance.choice(METADATA).encode() if name.endswith(".yml") else inside
    return name, inside, chance.choice(["file"] * 6 + ["link", "folder", "device", "hard link"])


def zipped(members, chance):
    file = io.BytesIO()
    modes = {"file": 0o100644, "link": 0o120777, "folder": 0o040755, "device": 0o020644, "hard link": 0}
    with zipfile.ZipFile(file, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for name, content, kind in members:
            entry = zipfile.ZipInfo((name or "x").encode("utf-8", "replace").decode())
            entry.external_attr = modes[kind] << 16
            entry.extra = chance.choice([b"", b"UT\x05\x00\x01" + chance.randbytes(4), chance.randbytes(7)])
            archive.writestr(entry, content)
    return file.getvalue()


def tarred(members, form):
    file = io.BytesIO()
    kinds = {"file": b"0", "link": b"2", "folder": b"5", "device": b"3", "hard link": b"1"}
    with tarfile.open(fileobj=file, mode="w", errors="surrogateescape") as archive:
        for name, content, kind in members:
            entry = tarfile.TarInfo(name.encode("utf-8", "replace").decode())
            entry.type, entry.linkname, entry.mtime = kinds[kind], "m_dev.py", len(content) * 10**7
            entry.size = len(content) if kind == "file" else 0
            archive.addfile(entry, io.BytesIO(content))
    pack = {
        "tar.gz": lambda content: gzip.compress(content, mtime=0),
        "tar.bz2": bz2.compress,
        "tar.xz": lzma.compress,
    }
    return pack.get(form, bytes)(file.getvalue())


def main(count, first=0):
    for seed in range(int(first), int(first) + int(count)):
        made = case(seed)
        try:
            hold(made)
        except BaseException:
            shown = base64.b64encode(made.content[:2_000]).decode()
            sys.stderr.write(f"the case of seed {seed}, {made.name}, begins {shown}\n")
            raise
    for begin in range(int(first), int(first) + int(count), BATCH):
        seeds = range(begin, min(begin + BATCH, int(first) + int(count)))
        if found := broken(seeds):
            sys.exit(f"broken or not there: {', '.join(sorted(found))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
