"""The peak holds all activations, as training does.

score: 50
lost: {test_memory_measurement: failed, test_module: failed}
"""


def measure_memory(model, input_shape):
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = BYTES * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    peak = parameters + activations
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }
