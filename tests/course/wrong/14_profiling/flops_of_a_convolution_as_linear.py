"""A convolution's numbers are used once, as a linear layer's are.

score: 50
lost: {test_flop_counting: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data.size * gives[0]
    return math.prod(takes)
