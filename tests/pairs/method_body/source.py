# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
class A:
    def f(self):
        ### BEGIN SOLUTION
        return 1
        ### END SOLUTION
