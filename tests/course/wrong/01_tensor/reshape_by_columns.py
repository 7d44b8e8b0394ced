"""Numbers are read column by column.

score: 70
lost: {test-shape-ops: failed}
"""


class Tensor:
    def reshape(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        return Tensor(self.data.reshape(shape, order="F"))
