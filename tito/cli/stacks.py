"""What `--prereqs student` adds to check and grade."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tito.cli.options import Stack

if TYPE_CHECKING:
    from tito.judging.judge.launcher import Zygote
    from tito.model.course import Course
    from tito.sandbox.levels import Level
    from tito.workflows.grading.grade import Choice, ClassResult
    from tito.workflows.student.check import CheckResult


def checked(stack: Stack, course: "Course", result: "CheckResult", zygote: "Zygote") -> "CheckResult":
    """Return a check, on the student's own earlier modules where those are asked for."""
    if stack is Stack.REFERENCE:
        return result
    from tito.workflows.grading.own_stack import check_on_own_stack

    return check_on_own_stack(course, result, zygote)


def graded(
    stack: Stack,
    course: "Course",
    module: str,
    paths: Sequence[Path],
    level: "Level",
    result: "ClassResult",
    *,
    choice: "Choice",
) -> "ClassResult":
    """Return a graded class, on the students' own earlier modules where those are asked for."""
    if stack is Stack.REFERENCE:
        return result
    from tito.workflows.grading.own_stack import on_own_stacks
    from tito.workflows.grading.zygote import start_zygote

    with start_zygote(course, level) as zygote:
        return on_own_stacks(course, module, paths, zygote, result, choice)
