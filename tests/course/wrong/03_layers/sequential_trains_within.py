"""training does not reach a Sequential within this one.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def forward(self, x, training=True):
        for layer in self.layers:
            x = layer(x, training=training) if isinstance(layer, Dropout) else layer(x)
        return x
