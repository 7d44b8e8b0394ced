"""A direction of size 1 is summed and not kept.

score: 45
lost:
  test-function-classes: failed
"""


def unbroadcast(gradient, shape):
    missing = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(missing)))
    return gradient.sum(axis=tuple(axis for axis, size in enumerate(shape) if size == 1))
