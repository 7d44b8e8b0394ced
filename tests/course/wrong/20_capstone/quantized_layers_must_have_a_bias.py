"""A bias of None is not thought of.

score: 85
lost: {test-benchmark-report: error}
"""


def count_numbers(model):
    return sum(
        layer.q_weight.size + layer.bias.size if isinstance(layer, QuantizedLinear) else count_parameters(layer)
        for layer in flat_layers(model)
    )
