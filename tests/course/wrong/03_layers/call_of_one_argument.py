"""Layer's call takes x alone, so that Dropout never hears of training.

score: 35
lost: {module-integration: error}
"""


class Layer:
    def __call__(self, x):
        return self.forward(x)
