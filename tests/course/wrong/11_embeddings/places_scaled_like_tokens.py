"""The limit is that of tokens.

score: 55
lost: {test-positional: failed}
"""


class PositionalEncoding:
    def __init__(self, max_seq_len, embed_dim):
        self.max_seq_len = max_seq_len
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (max_seq_len + embed_dim))
        values = np.random.uniform(-limit, limit, (max_seq_len, embed_dim))
        self.position_embeddings = Tensor(values, requires_grad=True)
