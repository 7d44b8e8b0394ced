# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "t", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4
