"""The table has a column for each id.

score: 40
lost: {test-embedding: failed, test-complete-system: failed}
"""


class Embedding:
    def __init__(self, vocab_size, embed_dim):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.uniform(-limit, limit, (embed_dim, vocab_size)), requires_grad=True)
