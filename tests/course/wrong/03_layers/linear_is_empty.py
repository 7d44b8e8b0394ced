"""Outputs hold no numbers at all.

score: 15
lost: {test-linear: failed, test-linear-edge-cases: failed, module-integration: failed}
"""


class Linear:
    def forward(self, x):
        return Tensor(np.zeros((0, *x.shape[:-1], self.out_features)))
