"""What broadcasting repeated is averaged, not summed.

score: 45
lost:
  test-function-classes: failed
"""


def unbroadcast(gradient, shape):
    gradient = gradient.mean(axis=tuple(range(gradient.ndim - len(shape))))
    return gradient.mean(axis=tuple(axis for axis, size in enumerate(shape) if size == 1), keepdims=True)
