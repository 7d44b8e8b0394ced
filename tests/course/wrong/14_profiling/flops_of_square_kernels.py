"""A kernel is taken for a square.

score: 70
lost: {test_flop_counting: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.shape[1] * layer.kernel_size[0] ** 2 * math.prod(gives)
    return math.prod(takes)
