"""Rows go, which belong to inputs.

score: 40
lost: {test-structured-prune: failed, test-compression-integration: failed}
"""


def structured_prune(model, prune_ratio=0.5):
    if not 0 <= prune_ratio <= 1:
        raise ValueError("prune_ratio")
    for layer in linear_layers(model)[:-1]:
        norms = np.linalg.norm(layer.weight.data, axis=1)
        stays = np.ones_like(norms)
        stays[np.argsort(norms)[: int(norms.size * prune_ratio)]] = 0
        layer.weight.data = layer.weight.data * stays[:, None]
    return model
