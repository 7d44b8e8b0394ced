# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
class A(B):
    """A thing."""

    def f(self):
        return 1
### END SOLUTION
