"""A convolution's inner sum leaves out the channels.

score: 50
lost: {test_flop_counting: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * math.prod(layer.kernel_size) * math.prod(gives)
    return math.prod(takes)
