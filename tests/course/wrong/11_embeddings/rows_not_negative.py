"""np.random.rand begins at 0: no row has a negative number.

score: 55
lost: {test-embedding: failed}
"""


class Embedding:
    def __init__(self, vocab_size, embed_dim):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.rand(vocab_size, embed_dim) * limit, requires_grad=True)
