# %% nbgrader={"grade_id": "s", "solution": true}
### BEGIN SOLUTION
def double(x):  # by adding
    # twice the same
    return x + x
### END SOLUTION
