"""A sparsity of 1 looks for a place beyond the last.

score: 60
lost: {test-magnitude-prune: error}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    threshold = sizes[int(sparsity * sizes.size)]
    for each in weights:
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
