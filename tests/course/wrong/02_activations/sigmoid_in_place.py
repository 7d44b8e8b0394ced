"""The result is written into the input.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        x.data[...] = 1 / (1 + np.exp(-x.data.clip(-88)))
        return Tensor(x.data)
