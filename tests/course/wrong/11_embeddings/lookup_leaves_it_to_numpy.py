"""Ids are not checked: -1 is the last row, and V is an IndexError.

score: 55
lost: {test-embedding: failed}
"""


class Embedding:
    def forward(self, indices):
        ids = Tensor(indices).data
        return self.weight[ids.astype(int)]
