"""Biases are described as weights.

score: 65
lost: {test_advanced_profiling: failed}
"""


def analyze_weight_distribution(model, percentiles=(5, 25, 50, 75, 95)):
    numbers = np.concatenate([each.data.ravel() for each in parameters_of(model)])
    return {
        "mean": float(numbers.mean()),
        "std": float(numbers.std()),
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "percentiles": {each: float(np.percentile(numbers, each)) for each in percentiles},
    }
