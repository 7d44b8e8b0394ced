# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "m", "points": 3}
# The answer is 42.
