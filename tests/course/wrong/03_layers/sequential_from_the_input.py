"""Every layer gets the first input, so that only the last one counts.

score: 35
lost: {module-integration: error}
"""


class Sequential:
    def forward(self, x, training=True):
        y = x
        for layer in self.layers:
            y = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return y
