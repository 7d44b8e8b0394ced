"""The decay goes into the gradient, as in Adam.

score: 70
lost: {test-adamw: failed}
"""


class AdamW:
    def step(self):
        Adam.step(self)
