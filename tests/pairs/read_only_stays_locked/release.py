# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "r", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy
