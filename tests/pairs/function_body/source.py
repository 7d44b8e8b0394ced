# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f(x):
    """Double."""
    ### BEGIN SOLUTION
    y = 2 * x
    return y
    ### END SOLUTION
