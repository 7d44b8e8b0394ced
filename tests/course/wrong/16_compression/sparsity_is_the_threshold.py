"""The share is taken for the threshold itself.

score: 40
lost: {test-magnitude-prune: failed, test-compression-integration: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    for each in weights_of(model):
        each.data = each.data * (np.abs(each.data) >= sparsity)
    return model
