"""The layers are replaced in a name, not in the list.

score: 20
lost: {test-quantize-model: failed, test_module: failed}
"""


def quantize_model(model, calibration_data=None):
    inputs = calibration_data or []
    for layer in model.layers:
        outputs = [after_training(layer, x) for x in inputs]
        if isinstance(layer, Linear):
            layer = QuantizedLinear(layer)
            if inputs:
                layer.calibrate(inputs)
        elif isinstance(layer, Sequential):
            quantize_model(layer, inputs)
        inputs = outputs
    return model
