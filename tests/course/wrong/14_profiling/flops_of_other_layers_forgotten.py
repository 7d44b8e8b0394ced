"""Only linear layers and convolutions count.

score: 50
lost: {test_flop_counting: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data[0].size * math.prod(gives)
    return 0
