"""The last layer comes first.

score: 35
lost: {module-integration: error}
"""


class Sequential:
    def forward(self, x, training=True):
        for layer in reversed(self.layers):
            x = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return x
