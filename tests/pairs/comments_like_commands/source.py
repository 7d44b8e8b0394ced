# %% nbgrader={"grade_id": "s", "solution": true}
# copy the number twice
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# why?
print(double)
