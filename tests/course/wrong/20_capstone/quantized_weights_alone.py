"""The biases of quantized layers are not counted.

score: 65
lost: {test-benchmark-report: failed, module-integration: failed}
"""


def count_numbers(model):
    return sum(
        layer.q_weight.size if isinstance(layer, QuantizedLinear) else count_parameters(layer)
        for layer in flat_layers(model)
    )
