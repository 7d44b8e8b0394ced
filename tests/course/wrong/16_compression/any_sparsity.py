"""Shares that are none are not refused.

score: 60
lost: {test-magnitude-prune: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    count = min(max(int(sparsity * sizes.size), 0), sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for each in weights:
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
