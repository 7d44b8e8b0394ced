"""Layer's call forgets its return.

score: 35
lost: {module-integration: failed}
"""


class Layer:
    def __call__(self, *args, **kwargs):
        self.forward(*args, **kwargs)
