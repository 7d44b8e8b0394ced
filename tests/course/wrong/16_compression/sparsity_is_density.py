"""What is left, not what is 0.

score: 45
lost: {test-measure-sparsity: failed, test-compression-integration: failed}
"""


def measure_sparsity(model):
    weights = weights_of(model)
    total = sum(each.data.size for each in weights)
    return 100 * sum(np.count_nonzero(each.data) for each in weights) / total if total else 0.0
