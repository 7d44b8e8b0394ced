"""The weights are not fetched.

score: 35
lost: {test_memory_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def bytes_moved(model, input_shape):
    return BYTES * sum(math.prod(takes) + math.prod(gives) for _, takes, gives in trace(model, input_shape))
