# %% [markdown] nbgrader={"cell_type": "markdown", "grade": false, "grade_id": "k", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": true}
# Draw it.
