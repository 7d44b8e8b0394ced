"""Every matrix has a threshold of its own.

score: 60
lost: {test-magnitude-prune: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    for each in weights_of(model):
        sizes = np.sort(np.abs(each.data).ravel())
        count = int(sparsity * sizes.size)
        threshold = sizes[count] if count < sizes.size else np.inf
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
