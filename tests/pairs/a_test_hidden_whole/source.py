# %% nbgrader={"grade": true, "grade_id": "t", "points": 2}
def test_a():
    """Hidden."""
    ### BEGIN HIDDEN TESTS
    assert f(2) == 4
    ### END HIDDEN TESTS
