"""Words that are unknown are ignored.

score: 50
lost: {test-compression-integration: failed}
"""


def compress_model(model, config):
    steps = {"structured_prune": structured_prune, "low_rank": factorize_layers, "magnitude_prune": magnitude_prune}
    original = sum(each.data.size for each in model.parameters())
    applied = [name for name in steps if name in config]
    for name in applied:
        steps[name](model, config[name])
    nonzero = sum(np.count_nonzero(each.data) for each in model.parameters())
    return {
        "original_parameters": original,
        "parameters": sum(each.data.size for each in model.parameters()),
        "nonzero_parameters": nonzero,
        "sparsity": measure_sparsity(model),
        "compression_ratio": original / nonzero,
        "applied": applied,
    }
