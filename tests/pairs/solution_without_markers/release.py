# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
# YOUR CODE HERE
raise NotImplementedError()
