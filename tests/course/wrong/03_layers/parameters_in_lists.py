"""A list of lists: append where extend belongs.

score: 35
lost: {module-integration: failed}
"""


class Sequential:
    def parameters(self):
        found = []
        for layer in self.layers:
            if isinstance(layer, Layer):
                found.append(layer.parameters())
        return found
