# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Pair:
    @property
    def first(self):
        # YOUR CODE HERE
        raise NotImplementedError()

    def second(self,
               default: int = 2) -> int:
        # YOUR CODE HERE
        raise NotImplementedError()
