# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "m", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE
