"""Chains within the model are not looked into.

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
                model.layers[place].calibrate(inputs)
        inputs = outputs
    return model
