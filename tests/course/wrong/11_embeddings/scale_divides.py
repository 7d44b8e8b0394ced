"""Tokens are divided by √D.

score: 30
lost: {test-complete-system: failed, module-test: failed}
"""


class EmbeddingLayer:
    def forward(self, tokens):
        x = self.token_embedding(tokens)
        if self.scale_embeddings:
            x = x / math.sqrt(self.embed_dim)
        if self.pos_encoding is None:
            return x
        if len(x.shape) == 2:
            return self.pos_encoding(x.reshape(1, *x.shape)).reshape(x.shape)
        return self.pos_encoding(x)
