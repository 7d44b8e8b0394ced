"""Without hidden_dim, the hidden width is twice embed_dim.

score: 70
lost: {test-mlp: failed}
"""


class MLP:
    def __init__(self, embed_dim, hidden_dim=None):
        hidden_dim = hidden_dim or 2 * embed_dim
        self.linear1 = Linear(embed_dim, hidden_dim)
        self.gelu = GELU()
        self.linear2 = Linear(hidden_dim, embed_dim)
