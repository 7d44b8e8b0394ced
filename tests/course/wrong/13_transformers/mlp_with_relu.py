"""A ReLU stands in the place of the GELU.

score: 45
lost: {test-mlp: failed, test-module: failed}
"""


class MLP:
    def forward(self, x):
        return self.linear2(Tensor(np.maximum(self.linear1(x).data, 0)))
