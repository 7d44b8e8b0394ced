"""A number is taken for a float64.

score: 35
lost: {test_memory_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def measure_memory(model, input_shape):
    steps = trace(model, input_shape)
    parameters = 8 * count_parameters(model)
    activations = 8 * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    peak = parameters + 8 * max(math.prod(takes) + math.prod(gives) for _, takes, gives in steps)
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }
