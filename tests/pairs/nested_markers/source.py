# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
### BEGIN SOLUTION
### END SOLUTION
