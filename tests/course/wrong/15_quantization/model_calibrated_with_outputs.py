"""Each layer is calibrated with what it gives.

score: 20
lost: {test-quantize-model: failed, test_module: failed}
"""


def quantize_model(model, calibration_data=None):
    inputs = calibration_data or []
    for place, layer in enumerate(model.layers):
        outputs = [after_training(layer, x) for x in inputs]
        if isinstance(layer, Linear):
            model.layers[place] = QuantizedLinear(layer)
            if inputs:
                model.layers[place].calibrate(outputs)
        elif isinstance(layer, Sequential):
            quantize_model(layer, inputs)
        inputs = outputs
    return model
