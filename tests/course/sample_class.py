"""Write the sample class: `python tests/course/sample_class.py` fills samples/submitted out of the released stub."""

import json
import re
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

from tito.model.document import Document, Format, Kind
from tito.release import release
from tito.source import parse, write

sys.path.insert(0, str(Path(__file__).parent))

from answers import CLASS, expected

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tinytorch/modules/02_activations/activations_dev.py"
OUT = ROOT / "samples"
STUB = re.compile(r"^( *)# YOUR CODE HERE\n *raise NotImplementedError\(\)", re.MULTILINE)

ADDED = {
    "raises on import": "print(Sigmoid()(Tensor([undefined_name])))",
    "endless loop on import": "while True:\n    pass",
    "exits on import": 'import os\n\nprint("6 passed")\nos._exit(0)',
}


def files():
    """Return the class as {path below samples/: text}."""
    source = parse(SOURCE.read_text("utf-8"), "activations_dev.py")
    stub, _ = release(source)
    # Students keep the lesson's text; the samples leave it out, to be short.
    stub = replace(stub, cells=tuple(cell for cell in stub.cells if cell.kind is Kind.CODE))
    made = {"expected.json": _expected()}
    for student, (answers, _, form, oddity) in CLASS.items():
        document = replace(stub, cells=tuple(_answered(cell, answers.get(cell.grade_id)) for cell in stub.cells))
        made[f"submitted/{student}/02_activations/activations_dev.{form}"] = _odd(document, Format(form), oddity)
    return made


def _expected():
    table = {
        student: {name: {"status": status, "points": points} for name, (status, points) in expected(student).items()}
        for student in CLASS
    }
    return json.dumps(table, indent=2) + "\n"


def _answered(cell, answer):
    if answer is None:
        return cell
    return replace(cell, source=STUB.sub(lambda found: textwrap.indent(answer.strip("\n"), found[1]), cell.source))


def _odd(document: Document, form: Format, oddity: str) -> str:
    text = write(document, form)
    if oddity in ADDED:
        return f"{text}\n\n# %%\n{ADDED[oddity]}\n"
    match oddity:
        case "script":
            return _script(document)
        case "syntax error in a script":
            return _script(document).replace("class ReLU:", "class ReLU")
        case "not a notebook":
            return text[: len(text) // 2]
        case "edited locks":
            text = text.replace('"points": 10', '"points": 100').replace("TOLERANCE = 1e-10", "TOLERANCE = 1e10")
            return re.sub(
                r"(def test_unit_softmax\(\):\n).*?\n\n\nif", r"\1    assert True\n\n\nif", text, flags=re.DOTALL
            )
    return text


def _script(document):
    cells = [cell.source for cell in document.cells if cell.grade_id.endswith("impl") or cell.grade_id == "setup"]
    return "\n\n\n".join(cell.removeprefix("#| export\n") for cell in cells) + "\n"


if __name__ == "__main__":
    for name, content in files().items():
        path = OUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
