"""Missing directions are summed, those of size 1 stay repeated.

score: 45
lost:
  test-function-classes: failed
"""


def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient
