"""The head has a bias.

score: 60
lost: {test-gpt: failed}
"""


class GPT:
    def __init__(self, vocab_size, embed_dim, num_layers, num_heads, max_seq_len=1024):
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.max_seq_len = max_seq_len
        self.embedding = EmbeddingLayer(vocab_size, embed_dim, max_seq_len)
        self.blocks = [TransformerBlock(embed_dim, num_heads) for _ in range(num_layers)]
        self.ln_f = LayerNorm(embed_dim)
        self.lm_head = Linear(embed_dim, vocab_size)
