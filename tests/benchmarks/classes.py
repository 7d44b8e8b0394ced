"""Generated classes: what a benchmark has graded, and what each submission must get."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
# They would measure the time limits and nothing else.
ENDLESS = {"turing", "ulam"}

sys.path.insert(0, str(ROOT / "tests/course"))


@dataclass(frozen=True)
class Example:
    """A submission's text, the format that it is in, and what it must score and lose, as {criterion: status}."""

    text: str
    suffix: str
    score: float
    lost: Mapping[str, str]


def examples(module: str) -> dict[str, Example]:
    """Return a module's examples by name: 02's are the sample class, any other's its wrong solutions, each second good."""
    return _samples() if module == "02_activations" else _mistakes(module)


def generated(folder: Path, chosen: Mapping[str, Example], size: int) -> Path:
    """Write a class of `size` into a new folder: the examples in turn, no two files alike."""
    folder.mkdir()
    names = list(chosen)
    for place in range(size):
        name = names[place % len(names)]
        # Behind the end: a space more changes the bytes and no line.
        text = chosen[name].text + " " * (place % 997)
        (folder / f"{place:05}-{name}{chosen[name].suffix}").write_text(text, "utf-8")
    return folder


def compare(grades: Sequence[dict[str, object]], chosen: Mapping[str, Example], size: int) -> None:
    """Fail where a grade, as tito's JSON has it, is missing or is not the expected one."""
    assert len(grades) == size
    for grade in grades:
        wanted = chosen[grade["student"].partition("-")[2]]
        lost = {each["id"]: each["status"] for each in grade["criteria"] if each["status"] != "passed"}
        assert (grade["earned"], lost) == (wanted.score, wanted.lost), grade["student"]


def _samples() -> dict[str, Example]:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    found = {}
    for student in expected.keys() - ENDLESS:
        (source,) = (SAMPLES / "submitted" / student / "02_activations").iterdir()
        rows = expected[student].items()
        lost = {criterion: each["status"] for criterion, each in rows if each["status"] != "passed"}
        score = sum(each["points"] for _, each in rows)
        found[student] = Example(source.read_text("utf-8"), source.suffix, score, lost)
    return dict(sorted(found.items()))


def _mistakes(module: str) -> dict[str, Example]:
    from mistakes import GOOD, mistakes, submissions

    (source,) = (ROOT / "tinytorch/modules" / module).glob("*_dev.py")
    texts = submissions(source, module)
    full = float(yaml.safe_load((ROOT / f"rubrics/{module}.yaml").read_text("utf-8"))["points"])
    found = {}
    for each in mistakes(module):
        found[each.name] = Example(texts[each.name], ".py", float(each.score), dict(each.lost))
        found[f"{GOOD}-{each.name}"] = Example(texts[GOOD], ".py", full, {})
    return found
