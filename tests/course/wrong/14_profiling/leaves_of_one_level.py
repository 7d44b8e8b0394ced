"""A chain within a chain is taken for a layer.

score: 45
lost: {test_helper_functions: failed, test_flop_counting: failed, test_module: failed}
"""


def flat_layers(model):
    return list(model.layers) if hasattr(model, "layers") else [model]
