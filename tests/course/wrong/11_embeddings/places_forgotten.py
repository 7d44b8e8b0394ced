"""Positions are made and never added.

score: 30
lost: {test-complete-system: failed, module-test: failed}
"""


class EmbeddingLayer:
    def forward(self, tokens):
        x = self.token_embedding(tokens)
        return x * math.sqrt(self.embed_dim) if self.scale_embeddings else x
