"""Signed weights are compared, so negative ones go first.

score: 60
lost: {test-magnitude-prune: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    weights = weights_of(model)
    values = np.sort(np.concatenate([each.data.ravel() for each in weights]))
    count = int(sparsity * values.size)
    threshold = values[count] if count < values.size else np.inf
    for each in weights:
        each.data = each.data * (each.data >= threshold)
    return model
