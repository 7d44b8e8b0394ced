"""Biases, which begin at 0, count as weights.

score: 45
lost: {test-measure-sparsity: failed, test-compression-integration: failed}
"""


def measure_sparsity(model):
    total = sum(each.data.size for each in model.parameters())
    zeros = sum(int((each.data == 0).sum()) for each in model.parameters())
    return 100 * zeros / total if total else 0.0
