"""parameters() gives a copy, and an optimizer trains that.

score: 40
lost: {test-embedding: failed, test-complete-system: failed}
"""


class Embedding:
    def parameters(self):
        return [Tensor(self.weight, requires_grad=True)]
