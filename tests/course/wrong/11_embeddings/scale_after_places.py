"""Places are scaled along with the tokens.

score: 30
lost: {test-complete-system: failed, module-test: failed}
"""


class EmbeddingLayer:
    def forward(self, tokens):
        x = self.token_embedding(tokens)
        if self.pos_encoding is not None:
            one = len(x.shape) == 2
            x = self.pos_encoding(x.reshape(1, *x.shape) if one else x)
            x = x.reshape(x.shape[1:]) if one else x
        return x * math.sqrt(self.embed_dim) if self.scale_embeddings else x
