"""Only the first id is checked.

score: 55
lost: {test-embedding: error}
"""


class Embedding:
    def forward(self, indices):
        ids = Tensor(indices).data
        if not 0 <= ids.flat[0] < self.vocab_size:
            raise ValueError("no such id")
        return self.weight[ids.astype(int)]
