"""The shape is a list of sizes, which equals no tuple.

score: 0
lost: {test-tensor-creation: failed, test-arithmetic: failed, test-matmul: failed, test-shape-ops: failed, test-reductions: failed, module-integration: failed}
"""


class Tensor:
    def shape(self):
        return list(self.data.shape)
