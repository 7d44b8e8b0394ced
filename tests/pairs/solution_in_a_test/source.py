# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}
### BEGIN SOLUTION
expected = 4
### END SOLUTION
assert double(2) == expected
