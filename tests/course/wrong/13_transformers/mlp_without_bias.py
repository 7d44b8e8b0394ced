"""The layers have no bias.

score: 10
lost: {test-mlp: failed, test-transformer-block: failed, test-gpt: failed, test-module: error}
"""


class MLP:
    def __init__(self, embed_dim, hidden_dim=None):
        hidden_dim = hidden_dim or 4 * embed_dim
        self.linear1 = Linear(embed_dim, hidden_dim, bias=False)
        self.gelu = GELU()
        self.linear2 = Linear(hidden_dim, embed_dim, bias=False)
