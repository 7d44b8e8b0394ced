"""The mean of the layers' shares, whatever their sizes.

score: 45
lost: {test-measure-sparsity: failed, test-compression-integration: failed}
"""


def measure_sparsity(model):
    weights = weights_of(model)
    return 100 * float(np.mean([(each.data == 0).mean() for each in weights])) if weights else 0.0
