# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "s", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Layer:
    def forward(self, x):
        """Compute x's image; left to subclasses."""
        # YOUR CODE HERE
        raise NotImplementedError()
