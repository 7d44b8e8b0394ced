"""Activations are taken to be twice the input.

score: 35
lost: {test_memory_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def measure_memory(model, input_shape):
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = 2 * BYTES * math.prod(input_shape)
    peak = parameters + BYTES * max(math.prod(takes) + math.prod(gives) for _, takes, gives in steps)
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }
