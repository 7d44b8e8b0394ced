"""A new chain is made, and the old one stays as it was.

score: 40
lost: {test-quantize-model: failed}
"""


def quantize_model(model, calibration_data=None):
    inputs, made = calibration_data or [], []
    for layer in model.layers:
        outputs = [after_training(layer, x) for x in inputs]
        if isinstance(layer, Linear):
            made.append(QuantizedLinear(layer))
            if inputs:
                made[-1].calibrate(inputs)
        else:
            made.append(quantize_model(layer, inputs) if isinstance(layer, Sequential) else layer)
        inputs = outputs
    return Sequential(*made)
