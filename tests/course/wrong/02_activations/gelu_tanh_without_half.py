"""The form with tanh, with its factor 0.5 forgotten.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def forward(self, x):
        return Tensor(x.data * (1 + np.tanh(np.sqrt(2 / np.pi) * (x.data + 0.044715 * x.data**3))))
