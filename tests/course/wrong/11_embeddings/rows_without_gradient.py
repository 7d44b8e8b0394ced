"""The table is not marked for gradients.

score: 55
lost: {test-embedding: failed}
"""


class Embedding:
    def __init__(self, vocab_size, embed_dim):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.uniform(-limit, limit, (vocab_size, embed_dim)))
