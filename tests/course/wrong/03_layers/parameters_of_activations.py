"""Activations are asked for parameters, which they do not have.

score: 35
lost: {module-integration: error}
"""


class Sequential:
    def parameters(self):
        return [each for layer in self.layers for each in layer.parameters()]
