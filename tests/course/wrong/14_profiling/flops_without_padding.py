"""A convolution's places are counted as if nothing were padded.

score: 50
lost: {test_flop_counting: failed, test_module: failed}
"""


def layer_flops(layer, takes, gives):
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        (kh, kw), (h, w) = layer.kernel_size, takes[2:]
        places = ((h - kh) // layer.stride + 1) * ((w - kw) // layer.stride + 1)
        return 2 * layer.weight.data[0].size * gives[0] * gives[1] * places
    return math.prod(takes)
