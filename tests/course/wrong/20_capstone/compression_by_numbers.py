"""The ratio of the numbers, which bytes do not change.

score: 90
lost: {test-improvements-calculation: failed}
"""


def improvements(baseline, optimized):
    return {
        "speedup": baseline["latency_ms_mean"] / optimized["latency_ms_mean"],
        "compression_ratio": baseline["parameter_count"] / optimized["parameter_count"],
        "accuracy_delta": optimized["accuracy"] - baseline["accuracy"],
    }
