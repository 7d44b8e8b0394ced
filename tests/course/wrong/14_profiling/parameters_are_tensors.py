"""The Tensors are counted, not the numbers in them.

score: 25
lost:
  test_parameter_counting: failed
  test_memory_measurement: failed
  test_advanced_profiling: failed
  test_module: failed
"""


def count_parameters(model):
    return len(parameters_of(model))
