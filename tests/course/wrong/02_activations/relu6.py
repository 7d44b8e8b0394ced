"""Cut off at 6 as well.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return Tensor(np.clip(x.data, 0, 6))
