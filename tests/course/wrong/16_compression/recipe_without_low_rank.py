"""low_rank in the recipe does nothing.

score: 50
lost: {test-compression-integration: failed}
"""


def compress_model(model, config):
    steps = {"structured_prune": structured_prune, "magnitude_prune": magnitude_prune}
    if not config.keys() <= {*steps, "low_rank"}:
        raise ValueError("unknown")
    original = sum(each.data.size for each in model.parameters())
    for name in steps:
        if name in config:
            steps[name](model, config[name])
    nonzero = sum(np.count_nonzero(each.data) for each in model.parameters())
    return {
        "original_parameters": original,
        "parameters": sum(each.data.size for each in model.parameters()),
        "nonzero_parameters": nonzero,
        "sparsity": measure_sparsity(model),
        "compression_ratio": original / nonzero,
        "applied": [name for name in ("structured_prune", "low_rank", "magnitude_prune") if name in config],
    }
