"""Positions are computed unless asked otherwise.

score: 50
lost: {test-complete-system: failed}
"""


class EmbeddingLayer:
    def __init__(self, vocab_size, embed_dim, max_seq_len=512, pos_encoding="sinusoidal", scale_embeddings=False):
        if pos_encoding not in {"learned", "sinusoidal", None}:
            raise ValueError(f"pos_encoding is 'learned', 'sinusoidal' or None, not {pos_encoding!r}")
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.max_seq_len = max_seq_len
        self.pos_encoding_type = pos_encoding
        self.scale_embeddings = scale_embeddings
        self.token_embedding = Embedding(vocab_size, embed_dim)
        self.pos_encoding = None if pos_encoding is None else PositionalEncoding(max_seq_len, embed_dim)
        if pos_encoding == "sinusoidal":
            self.pos_encoding.position_embeddings = create_sinusoidal_embeddings(max_seq_len, embed_dim)
