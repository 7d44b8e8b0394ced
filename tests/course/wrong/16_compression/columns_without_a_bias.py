"""A layer without a bias is not thought of.

score: 40
lost: {test-structured-prune: error, test-compression-integration: error}
"""


def structured_prune(model, prune_ratio=0.5):
    if not 0 <= prune_ratio <= 1:
        raise ValueError("prune_ratio")
    for layer in linear_layers(model)[:-1]:
        norms = np.linalg.norm(layer.weight.data, axis=0)
        stays = np.ones_like(norms)
        stays[np.argsort(norms)[: int(norms.size * prune_ratio)]] = 0
        layer.weight.data = layer.weight.data * stays
        layer.bias.data = layer.bias.data * stays
    return model
