"""The hidden numbers are put into a new Tensor, which no gradient passes.

score: 55
lost: {test-module: failed}
"""


class MLP:
    def forward(self, x):
        return self.linear2(self.gelu(Tensor(self.linear1(x).data)))
