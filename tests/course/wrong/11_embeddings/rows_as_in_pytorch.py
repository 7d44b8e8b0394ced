"""Rows begin with deviation 1, as PyTorch's do.

score: 55
lost: {test-embedding: failed}
"""


class Embedding:
    def __init__(self, vocab_size, embed_dim):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.weight = Tensor(np.random.normal(size=(vocab_size, embed_dim)), requires_grad=True)
