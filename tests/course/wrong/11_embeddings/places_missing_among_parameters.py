"""The learned table of places is no parameter.

score: 30
lost: {test-complete-system: failed, module-test: failed}
"""


class EmbeddingLayer:
    def parameters(self):
        return self.token_embedding.parameters()
