"""Linear layers in chains within the model are left out.

score: 40
lost: {test-structured-prune: failed, test-compression-integration: failed}
"""


def structured_prune(model, prune_ratio=0.5):
    if not 0 <= prune_ratio <= 1:
        raise ValueError("prune_ratio")
    for layer in [each for each in model.layers if isinstance(each, Linear)][:-1]:
        norms = np.linalg.norm(layer.weight.data, axis=0)
        stays = np.ones_like(norms)
        stays[np.argsort(norms)[: int(norms.size * prune_ratio)]] = 0
        layer.weight.data = layer.weight.data * stays
        if layer.bias is not None:
            layer.bias.data = layer.bias.data * stays
    return model
