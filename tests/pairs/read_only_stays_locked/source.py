# %% nbgrader={"locked": true, "grade_id": "r"}
import numpy
