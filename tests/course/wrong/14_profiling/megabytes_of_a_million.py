"""A megabyte has a million bytes.

score: 35
lost: {test_memory_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def measure_memory(model, input_shape):
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = BYTES * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    peak = parameters + BYTES * max(math.prod(takes) + math.prod(gives) for _, takes, gives in steps)
    return {
        "parameter_memory_mb": parameters / 1e6,
        "activation_memory_mb": activations / 1e6,
        "peak_memory_mb": peak / 1e6,
        "memory_efficiency": parameters / peak,
    }
