"""The model is traced as while training, so running means move.

score: 75
lost: {test_helper_functions: failed}
"""


def trace(model, input_shape):
    x = Tensor(np.zeros(input_shape))
    steps = []
    for layer in flat_layers(model):
        y = layer(x)
        steps.append((layer, x.shape, y.shape))
        x = y
    return steps
