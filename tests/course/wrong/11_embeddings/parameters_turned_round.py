"""Places come before tokens.

score: 50
lost: {test-complete-system: failed}
"""


class EmbeddingLayer:
    def parameters(self):
        learned = self.pos_encoding.parameters() if self.pos_encoding_type == "learned" else []
        return learned + self.token_embedding.parameters()
