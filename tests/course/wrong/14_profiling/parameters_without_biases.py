"""Only matrices and kernels are counted.

score: 25
lost:
  test_parameter_counting: failed
  test_memory_measurement: failed
  test_advanced_profiling: failed
  test_module: failed
"""


def count_parameters(model):
    return sum(each.data.size for each in parameters_of(model) if each.data.ndim > 1)
