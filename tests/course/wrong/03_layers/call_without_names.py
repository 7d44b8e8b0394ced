"""Layer's call hands on arguments by place, not by name.

score: 35
lost: {module-integration: failed}
"""


class Layer:
    def __call__(self, *args, **kwargs):
        return self.forward(*args)
