"""A batch of ids becomes one long sequence.

score: 20
lost: {test-embedding: failed, test-complete-system: error, module-test: error}
"""


class Embedding:
    def forward(self, indices):
        ids = Tensor(indices).data
        if not np.all((ids >= 0) & (ids < self.vocab_size)):
            raise ValueError("no such id")
        return self.weight[ids.astype(int).reshape(-1)]
