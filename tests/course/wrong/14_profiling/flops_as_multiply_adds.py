"""A multiplication and an addition are counted as one operation.

score: 35
lost: {test_flop_counting: failed, test_advanced_profiling: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return layer.weight.data[0].size * math.prod(gives)
    return math.prod(takes)
