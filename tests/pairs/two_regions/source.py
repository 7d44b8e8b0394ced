# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f():
    # BEGIN SOLUTION
    a = 1
    # END SOLUTION
    b = 2
    # BEGIN SOLUTION
    return a + b
    # END SOLUTION
