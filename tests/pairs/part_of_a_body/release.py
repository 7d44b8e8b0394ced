# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f(x):
    y = 2
    # YOUR CODE HERE
    raise NotImplementedError()
    return y
