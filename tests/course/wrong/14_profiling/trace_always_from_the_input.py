"""Every layer gets the model's input instead of what came before.

score: 20
lost:
  test_helper_functions: error
  test_flop_counting: error
  test_memory_measurement: error
  test_advanced_profiling: error
  test_module: error
"""


def trace(model, input_shape):
    x = Tensor(np.zeros(input_shape))
    steps = []
    for layer in flat_layers(model):
        y = evaluated(layer, x)
        steps.append((layer, x.shape, y.shape))
    return steps
