"""The largest weights go.

score: 60
lost: {test-magnitude-prune: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    count = int(sparsity * sizes.size)
    threshold = sizes[-count - 1] if count < sizes.size else -1.0
    for each in weights:
        each.data = each.data * (np.abs(each.data) <= threshold)
    return model
