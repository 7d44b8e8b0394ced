"""The input is clipped to ±20 against the overflow, so that -1000 gives 2e-9.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        return Tensor(1 / (1 + np.exp(-np.clip(x.data, -20, 20))))
