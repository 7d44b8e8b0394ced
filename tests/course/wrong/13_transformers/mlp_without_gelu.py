"""Nothing bends between the two layers.

score: 45
lost: {test-mlp: failed, test-module: failed}
"""


class MLP:
    def forward(self, x):
        return self.linear2(self.linear1(x))
