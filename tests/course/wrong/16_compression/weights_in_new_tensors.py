"""The layers get new Tensors, and an optimizer keeps the old ones.

score: 60
lost: {test-magnitude-prune: failed}
"""


def magnitude_prune(model, sparsity=0.9):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity")
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights_of(model)]))
    count = int(sparsity * sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for layer in linear_layers(model):
        layer.weight = Tensor(layer.weight.data * (np.abs(layer.weight.data) >= threshold), requires_grad=True)
    return model
