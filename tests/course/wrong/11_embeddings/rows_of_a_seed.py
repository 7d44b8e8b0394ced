"""A seed within __init__ makes all tables equal.

score: 55
lost: {test-embedding: failed}
"""


class Embedding:
    def __init__(self, vocab_size, embed_dim):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        np.random.seed(0)
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.uniform(-limit, limit, (vocab_size, embed_dim)), requires_grad=True)
