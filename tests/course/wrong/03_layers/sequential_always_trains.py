"""training goes no further than Sequential.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def forward(self, x, training=True):
        for layer in self.layers:
            x = layer(x)
        return x
