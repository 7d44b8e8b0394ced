# %% nbgrader={"checksum": "e3b0c4", "grade": true, "grade_id": "t", "points": 1}
assert double(2) == 4
