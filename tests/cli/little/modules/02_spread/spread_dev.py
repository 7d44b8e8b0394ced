# %% [markdown]
# # The spread

# %%
#| default_exp core.spread

# %% nbgrader={"grade_id": "setup", "locked": true}
#| export
import numpy as np
from little.core.mean import centre


# %% nbgrader={"grade_id": "spread", "solution": true}
#| export
def spread(values):
    """TODO: return how far the numbers are from their mean: the root of the mean of their squares."""
    ### BEGIN SOLUTION
    return np.sqrt((centre(values) ** 2).mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-spread", "points": 5}
def test_spread():
    assert np.isclose(spread(np.array([1.0, 3.0])), 1.0)
