"""The sign is dropped.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return Tensor(np.abs(x.data))
