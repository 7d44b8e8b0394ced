"""A share between 0 and 1, not per cent.

score: 45
lost: {test-measure-sparsity: failed, test-compression-integration: failed}
"""


def measure_sparsity(model):
    weights = weights_of(model)
    total = sum(each.data.size for each in weights)
    return sum(int((each.data == 0).sum()) for each in weights) / total if total else 0.0
