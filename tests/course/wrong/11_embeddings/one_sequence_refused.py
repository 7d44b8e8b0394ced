"""Only batches are taken.

score: 50
lost: {test-complete-system: error}
"""


class EmbeddingLayer:
    def forward(self, tokens):
        x = self.token_embedding(tokens)
        if self.scale_embeddings:
            x = x * math.sqrt(self.embed_dim)
        if self.pos_encoding is None:
            return x
        return self.pos_encoding(x)
