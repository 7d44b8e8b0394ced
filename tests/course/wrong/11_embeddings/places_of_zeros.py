"""All places begin alike, at 0.

score: 55
lost: {test-positional: failed}
"""


class PositionalEncoding:
    def __init__(self, max_seq_len, embed_dim):
        self.max_seq_len = max_seq_len
        self.embed_dim = embed_dim
        self.position_embeddings = Tensor(np.zeros((max_seq_len, embed_dim)), requires_grad=True)
