"""A model without weights divides by 0.

score: 65
lost: {test-measure-sparsity: error}
"""


def measure_sparsity(model):
    weights = weights_of(model)
    total = sum(each.data.size for each in weights)
    return 100 * sum(int((each.data == 0).sum()) for each in weights) / total
