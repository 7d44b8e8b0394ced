"""The samples are not used.

score: 20
lost: {test-quantize-model: failed, test_module: failed}
"""


def quantize_model(model, calibration_data=None):
    for place, layer in enumerate(model.layers):
        if isinstance(layer, Linear):
            model.layers[place] = QuantizedLinear(layer)
        elif isinstance(layer, Sequential):
            quantize_model(layer)
    return model
