"""The batch does not count.

score: 35
lost: {test_flop_counting: failed, test_advanced_profiling: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * layer.out_features
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data[0].size * math.prod(gives[1:])
    return math.prod(takes[1:])
