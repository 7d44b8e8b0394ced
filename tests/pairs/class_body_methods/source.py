# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
class A:
    ### BEGIN SOLUTION
    def f(self):
        return 1

    def g(self):
        """Two."""
        return 2
    ### END SOLUTION
