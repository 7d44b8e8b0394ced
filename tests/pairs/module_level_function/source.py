# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
@cached
def f(x):
    """Double."""
    return 2 * x
### END SOLUTION
