"""Tokens are scaled without being asked.

score: 50
lost: {test-complete-system: failed}
"""


class EmbeddingLayer:
    def forward(self, tokens):
        x = self.token_embedding(tokens)
        x = x * math.sqrt(self.embed_dim)
        if self.pos_encoding is None:
            return x
        if len(x.shape) == 2:
            return self.pos_encoding(x.reshape(1, *x.shape)).reshape(x.shape)
        return self.pos_encoding(x)
