"""Outputs for GitHub Classroom's grading reporter, as lines for $GITHUB_OUTPUT.

The reporter adds up `score` in its notice and passes times `max_score` in its table. Both agree when each criterion
is a runner of its own with one test, so that is what it gets: `runners`, and base64 of one JSON a criterion. What
stands beside the criteria, such as a late penalty, is a second test of the last one, with its status: the notice has
the points that count, the table those of the criteria. A runner without points of its own would be left out of both.
Source: github.com/classroom-resources/autograding-grading-reporter.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from tito.model.points import worth
from tito.report.formats.explain import brief
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row

# An environment variable holds 128 KiB, of which base64 and escapes take most.
_LONGEST: Final = 4_000
_ERRORS: Final = frozenset({"error", "timeout", "memory", "crashed", "contract", "blocked", "missing"})


def write(result: Result, _options: Options) -> str:
    """Return the one grade of a result. Raises UsageError for several, BrokenError for a broken one."""
    row = result.only("github-classroom")
    parts = [each for each in row.parts if each.earned is not None and each.points]
    lines = [f"runners={','.join(each.id for each in parts)}"]
    runners = [_runner(each, row) for each in parts]
    if row.adjustments and runners:
        runners[-1]["tests"].append(_beside(row, runners))
    lines += [f"{each.id}={_encoded(runner)}" for each, runner in zip(parts, runners, strict=True)]
    return "".join(f"{line}\n" for line in lines)


def _runner(part: Part, row: Row) -> dict[str, Any]:
    status = "pass" if part.passed else "error" if part.status in _ERRORS else "fail"
    frames = [frame for each in part.tests for frame in each.frames]
    test = {
        "name": part.title,
        "status": status,
        "score": float(part.earned or 0),
        "message": brief(part, row.refusal)[:_LONGEST],
        "test_code": "",
        "filename": frames[-1].path if frames else "",
        "line_no": frames[-1].line if frames else 0,
        "duration": int(part.seconds * 1000),
    }
    return {"version": 1, "status": status, "max_score": float(part.points), "tests": [test]}


def _beside(row: Row, runners: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what makes of the criteria's points the final ones."""
    earned = sum((Decimal(str(test["score"])) for each in runners for test in each["tests"]), Decimal(0))
    last = runners[-1]["tests"][-1]
    told = "; ".join(f"{each.kind}: {worth(each.points)} ({each.reason})" for each in row.adjustments)
    score = float((row.final or Decimal(0)) - earned)
    return {**last, "name": "beside the criteria", "score": score, "message": told[:_LONGEST], "duration": 0}


def _encoded(content: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()
