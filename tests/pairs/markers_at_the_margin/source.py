# %% nbgrader={"grade_id": "s", "solution": true}
def double(x):
### BEGIN SOLUTION
    return 2 * x
### END SOLUTION
