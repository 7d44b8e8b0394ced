"""A native result as students may have it: of a hidden test that it passed or did not, and nothing else."""

from collections.abc import Collection, Mapping
from typing import Any

HIDDEN_TEST = "a hidden test"


def for_students(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return a native result without anything that a hidden test called, compared, printed or is named.

    How long one took stays out as well, for a submission could wait as long as it has something to tell; and so does
    a known mistake that a hidden test shows. Done twice, it is as done once.
    """
    data = result["data"]
    return {**result, "data": {**data, "grades": [_grade(each) for each in data["grades"]]}}


def _grade(grade: Mapping[str, Any]) -> dict[str, Any]:
    secret = {each.get("mistake", "") for each in grade["criteria"] if any(map(_fails_hidden, each["tests"]))}
    return {**grade, "criteria": [_criterion(each, secret) for each in grade["criteria"]]}


def _criterion(part: Mapping[str, Any], secret: Collection[str]) -> dict[str, Any]:
    mistake = part.get("mistake", "")
    tests = [_hidden(each) if each.get("hidden") else each for each in part["tests"]]
    return {**part, "tests": tests, "mistake": "" if mistake in secret else mistake}


def _fails_hidden(test: Mapping[str, Any]) -> bool:
    return bool(test.get("hidden")) and test["status"] != "passed"


def _hidden(test: Mapping[str, Any]) -> dict[str, Any]:
    told = {"passes": int(test["status"] == "passed"), "checks": 1, "output": "", "value": "", "seed": 0}
    return {**test, "test": HIDDEN_TEST, "seconds": 0, "failure": None, **told}
