"""The trace holds the Tensors, not their shapes.

score: 20
lost:
  test_helper_functions: failed
  test_flop_counting: failed
  test_memory_measurement: error
  test_advanced_profiling: error
  test_module: error
"""


def trace(model, input_shape):
    x = Tensor(np.zeros(input_shape))
    steps = []
    for layer in flat_layers(model):
        y = evaluated(layer, x)
        steps.append((layer, x, y))
        x = y
    return steps
