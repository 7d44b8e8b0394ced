"""A loop over rows has nothing to stack where the batch is empty.

score: 50
lost: {test-linear-edge-cases: error}
"""


class Linear:
    def forward(self, x):
        if len(x.shape) == 1:
            return self._row(x.data)
        return Tensor(np.stack([self._row(row).data for row in x.data]))

    def _row(self, row):
        y = Tensor(row) @ self.weight
        return y if self.bias is None else y + self.bias
