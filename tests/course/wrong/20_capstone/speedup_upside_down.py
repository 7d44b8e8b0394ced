"""The optimized latency divided by the baseline's.

score: 90
lost: {test-improvements-calculation: failed}
"""


def improvements(baseline, optimized):
    return {
        "speedup": optimized["latency_ms_mean"] / baseline["latency_ms_mean"],
        "compression_ratio": baseline["model_size_mb"] / optimized["model_size_mb"],
        "accuracy_delta": optimized["accuracy"] - baseline["accuracy"],
    }
