"""What a person grades: which criteria these are, and what is no answer."""

from decimal import Decimal

from tito.locking.manual import bare, examined, manual_criteria, rubrics_own
from tito.model.document import Role
from tito.model.grader import Grader, LockedManual
from tito.model.rubric import Criterion, CriterionKind, Rubric
from tito.source import parse

HEAD = "# %% [markdown] nbgrader="
SOURCE = f"""
{HEAD}{{"grade": true, "solution": true, "grade_id": "why", "points": 2}}
# Because.

{HEAD}{{"task": true, "grade_id": "draw", "points": 0}}
# Draw.

# %%
print("one")

# %% [markdown]
# Two.

# %% nbgrader={{"grade": true, "grade_id": "t", "points": 1}}
assert 1

# %%
print("three")
"""


def test_an_answer_is_blank_as_it_was_handed_out_and_a_task_where_the_cells_behind_it_are():
    handed_out = parse(SOURCE.replace("Because.", "YOUR ANSWER HERE"), "m.py")
    why, draw = manual_criteria(parse(SOURCE, "m.py"), handed_out, handed_out)
    assert why == LockedManual("why", Decimal(2), Role.MANUAL, (bare("YOUR ANSWER HERE"),))
    assert draw == LockedManual("draw", Decimal(0), Role.TASK, (bare('print("one")'), bare("Two.")))


def test_blanks_make_no_answer():
    assert bare("YOUR\n  ANSWER ") == bare("YOURANSWER") != bare("ANSWER")


def test_a_rubric_may_add_what_looks_at_all_of_the_work():
    known = LockedManual("why", Decimal(2), Role.MANUAL)
    own = [Criterion(name, Decimal(1), name, kind=CriterionKind.MANUAL) for name in ("why", "style")]
    rubric = Rubric("m", "M", Decimal(3), (*own, Criterion("t", Decimal(1), "T")))
    grader = Grader("m", "s", (), (), manual=(known,))
    assert rubrics_own(grader, rubric) == ("style",)
    assert examined(grader, rubric).manual == (known, LockedManual("style", Decimal(1), Role.ORDINARY))
