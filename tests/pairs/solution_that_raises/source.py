# %% nbgrader={"grade_id": "s", "solution": true}
class Layer:
    def forward(self, x):
        """Compute x's image; left to subclasses."""
        ### BEGIN SOLUTION
        raise NotImplementedError()
        ### END SOLUTION
