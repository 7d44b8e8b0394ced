"""parameters() begins with the second layer.

score: 35
lost: {test-mlp: failed, test-transformer-block: failed, test-gpt: failed}
"""


class MLP:
    def parameters(self):
        return self.linear2.parameters() + self.linear1.parameters()
