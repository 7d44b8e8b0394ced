# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "t", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def test_a():
    """Hidden."""
