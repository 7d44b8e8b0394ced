# %% nbgrader={"grade_id": "s", "solution": true}
def doubled(f):
    """Return f, doubled."""
    ### BEGIN SOLUTION
    def inner(x):
        return 2 * f(x)
    ### END SOLUTION
    return inner
