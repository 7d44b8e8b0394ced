"""training is False by default.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def forward(self, x, training=False):
        for layer in self.layers:
            x = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return x
