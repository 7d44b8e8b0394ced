"""The peak adds the largest input to the largest output, of whichever layers.

score: 70
lost: {test_memory_measurement: failed}
"""


def measure_memory(model, input_shape):
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = BYTES * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    largest = max(math.prod(takes) for _, takes, _ in steps) + max(math.prod(gives) for _, _, gives in steps)
    peak = parameters + BYTES * largest
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }
