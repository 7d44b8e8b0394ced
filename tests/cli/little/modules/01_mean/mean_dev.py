# %% [markdown]
# # The mean

# %%
#| default_exp core.mean

# %% nbgrader={"grade_id": "setup", "locked": true}
#| export
import numpy as np


# %% nbgrader={"grade_id": "mean", "solution": true}
#| export
def mean(values):
    """TODO: return the mean of an array; 0.0 for one without a number."""
    ### BEGIN SOLUTION
    return values.sum() / values.size if values.size else 0.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-mean", "points": 4}
def test_mean():
    assert mean(np.array([1.0, 2.0, 6.0])) == 3.0
    ### BEGIN HIDDEN TESTS
    assert mean(np.array([])) == 0.0
    ### END HIDDEN TESTS


# %% nbgrader={"grade_id": "centre", "solution": true}
#| export
def centre(values):
    """TODO: return a new array: each number less the mean of all."""
    ### BEGIN SOLUTION
    return values - mean(values)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-centre", "points": 6}
def test_centre():
    values = np.array([[1.0, 2.0], [3.0, 6.0]])
    assert np.allclose(centre(values), [[-2, -1], [0, 3]])
    assert np.allclose(values, [[1, 2], [3, 6]]), "centre must leave its argument as it is"
