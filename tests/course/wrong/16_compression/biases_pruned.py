"""Biases are pruned with the weights.

score: 40
lost: {test-magnitude-prune: failed, test-compression-integration: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights_of(model)]))
    count = int(sparsity * sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for each in model.parameters():
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
