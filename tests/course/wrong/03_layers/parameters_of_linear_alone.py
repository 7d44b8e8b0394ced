"""Only the parameters of Linear layers are listed.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def parameters(self):
        return [each for layer in self.layers if isinstance(layer, Linear) for each in layer.parameters()]
