"""The computed table is listed for training.

score: 50
lost: {test-complete-system: failed}
"""


class EmbeddingLayer:
    def parameters(self):
        places = [] if self.pos_encoding is None else self.pos_encoding.parameters()
        return self.token_embedding.parameters() + places
