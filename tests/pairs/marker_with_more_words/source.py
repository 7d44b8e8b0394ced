# %% nbgrader={"grade_id": "s", "solution": true}
def double(x):
    ### BEGIN SOLUTION: the sum
    return x + x
    ### END SOLUTION
