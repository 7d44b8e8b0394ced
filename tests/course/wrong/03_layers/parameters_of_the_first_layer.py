"""The return stands within the loop.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def parameters(self):
        found = []
        for layer in self.layers:
            if isinstance(layer, Layer):
                found += layer.parameters()
            return found
