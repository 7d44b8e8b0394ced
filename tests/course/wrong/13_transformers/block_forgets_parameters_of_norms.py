"""parameters() leaves the norms out.

score: 45
lost: {test-transformer-block: failed, test-gpt: failed}
"""


class TransformerBlock:
    def parameters(self):
        return self.attention.parameters() + self.mlp.parameters()
