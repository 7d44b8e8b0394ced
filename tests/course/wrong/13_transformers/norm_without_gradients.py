"""gamma and beta require no gradients.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def __init__(self, normalized_shape, eps=1e-5):
        self.normalized_shape = normalized_shape
        self.eps = eps
        self.gamma = Tensor(np.ones(normalized_shape))
        self.beta = Tensor(np.zeros(normalized_shape))
