"""What a layer takes is not fetched.

score: 50
lost: {test_memory_measurement: failed, test_module: failed}
"""


def bytes_moved(model, input_shape):
    numbers = math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in trace(model, input_shape))
    return BYTES * (count_parameters(model) + numbers)
