"""The share is taken for that of the weights that stay.

score: 40
lost: {test-magnitude-prune: failed, test-compression-integration: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    count = int((1 - sparsity) * sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for each in weights:
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
