"""zero_grad leaves grad as it is.

score: 40
lost:
  test-tensor-autograd: failed
"""


def zero_grad(self):
    pass
