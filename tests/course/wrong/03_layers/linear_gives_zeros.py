"""Outputs have the right shape and hold nothing but zeros.

score: 35
lost: {test-linear: failed, test-linear-edge-cases: failed}
"""


class Linear:
    def forward(self, x):
        return Tensor(np.zeros((*x.shape[:-1], self.out_features)))
