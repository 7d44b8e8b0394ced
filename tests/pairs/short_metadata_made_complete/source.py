# %% nbgrader={"grade": true, "grade_id": "t", "points": 2}
assert f(1) == 2
