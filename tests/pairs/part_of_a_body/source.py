# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f(x):
    y = 2
    ### BEGIN SOLUTION
    y *= x
    ### END SOLUTION
    return y
