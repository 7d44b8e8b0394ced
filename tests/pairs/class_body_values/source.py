# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
class A:
    ### BEGIN SOLUTION
    size = 3
    ### END SOLUTION
