"""training is handed to layers that do not know it.

score: 35
lost: {module-integration: error}
"""


class Sequential:
    def forward(self, x, training=True):
        for layer in self.layers:
            x = layer(x, training=training)
        return x
