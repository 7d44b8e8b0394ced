"""An off-by-one leaves the last layer out.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def forward(self, x, training=True):
        for place in range(len(self.layers) - 1):
            layer = self.layers[place]
            x = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return x
