"""Rows are taken out of the array: no gradient comes back.

score: 20
lost: {test-embedding: error, test-complete-system: failed, module-test: failed}
"""


class Embedding:
    def forward(self, indices):
        ids = Tensor(indices).data
        if not np.all((ids >= 0) & (ids < self.vocab_size)):
            raise ValueError("no such id")
        return Tensor(self.weight.data[ids.astype(int)])
