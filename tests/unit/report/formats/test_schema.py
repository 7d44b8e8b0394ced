"""The published schema of native results, held against real ones."""

import json

import pytest
from jsonschema import Draft7Validator

from tito.errors import CourseError, UsageError
from tito.model.outcome import Status
from tito.workflows.book.report import load_result, schema


def strict(node):
    """Return the schema with every key that it does not name forbidden: what we write, it must describe."""
    if isinstance(node, dict):
        closed = {key: strict(value) for key, value in node.items()}
        return {**closed, "additionalProperties": False} if "properties" in node else closed
    return [strict(each) for each in node] if isinstance(node, list) else node


def test_the_schema_is_one():
    Draft7Validator.check_schema(json.loads(schema()))


@pytest.mark.parametrize("status", list(Status))
def test_real_results_fit_the_schema_and_hold_no_key_that_it_does_not_name(status, native, grade, badly):
    result = native(grade("ann", status, Status.PASSED, Status.FAILED), grade("bob", refusal="torn"), badly)
    assert [fault.message for fault in Draft7Validator(strict(json.loads(schema()))).iter_errors(result)] == []


def test_a_result_from_a_file_is_checked(tmp_path, native, grade):
    path = tmp_path / "r.json"
    path.write_text(json.dumps(native(grade())), "utf-8")
    assert load_result(path)["data"]["module"] == "02_m"
    path.write_text(json.dumps({"schema_version": 1}), "utf-8")
    with pytest.raises(CourseError, match=r"r\.json: this is not a result of tito's"):
        load_result(path)
    path.write_text("{", "utf-8")
    with pytest.raises(CourseError, match=r"r\.json:1: this is not JSON"):
        load_result(path)
    with pytest.raises(UsageError, match="there is no such file"):
        load_result(tmp_path / "gone.json")
