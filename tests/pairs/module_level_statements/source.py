# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
a = 1
### END SOLUTION
