# %% nbgrader={"grade_id": "s", "solution": true}
def double(x):
    x = 2 * x  ### BEGIN SOLUTION
    return x  ### END SOLUTION
