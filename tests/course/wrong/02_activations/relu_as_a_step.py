"""1 where x is positive, not x.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return Tensor((x.data > 0).astype(np.float32))
