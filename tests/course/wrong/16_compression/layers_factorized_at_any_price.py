"""A layer is factorized even where that holds more numbers.

score: 50
lost: {test-compression-integration: failed}
"""


def factorize_layers(model, rank_ratio):
    for place, layer in enumerate(model.layers):
        if isinstance(layer, Sequential):
            factorize_layers(layer, rank_ratio)
        elif isinstance(layer, Linear):
            model.layers[place] = factorize(layer, rank_ratio)
