"""Height and width of the window are swapped.

score: 20
lost: {test-conv2d: failed, test-simple-cnn: failed, module-integration: failed}
"""


def conv2d(x, weight, stride, padding):
    parts = windows(x.data, weight.shape[3:1:-1], stride, padding)
    return Tensor(np.einsum("bcijkl,oclk->boij", parts, weight.data, optimize=True))
