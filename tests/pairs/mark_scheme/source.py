# %% [markdown] nbgrader={"task": true, "grade_id": "k", "points": 3}
# Draw it.
# === BEGIN MARK SCHEME ===
# 3 points for a line
# === END MARK SCHEME ===
