"""The result is NumPy's array, not wrapped in a Tensor.

score: 40
lost: {test-sigmoid: failed, module-test: failed}
"""


class Sigmoid:
    def forward(self, x):
        z = np.exp(-np.abs(x.data))
        return np.where(x.data >= 0, 1 / (1 + z), z / (1 + z))
