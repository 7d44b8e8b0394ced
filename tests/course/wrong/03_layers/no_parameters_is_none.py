"""Layer's parameters() gives None.

score: 35
lost: {module-integration: failed}
"""


class Layer:
    def parameters(self):
        return None
