"""Indexing gives NumPy's array instead of a Tensor.

score: 50
lost: {test-shape-ops: failed, module-integration: failed}
"""


class Tensor:
    def __getitem__(self, key):
        return self.data[key]
