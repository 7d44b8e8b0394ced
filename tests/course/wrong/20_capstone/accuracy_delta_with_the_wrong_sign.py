"""What was lost, not what was gained.

score: 90
lost: {test-improvements-calculation: failed}
"""


def improvements(baseline, optimized):
    return {
        "speedup": baseline["latency_ms_mean"] / optimized["latency_ms_mean"],
        "compression_ratio": baseline["model_size_mb"] / optimized["model_size_mb"],
        "accuracy_delta": baseline["accuracy"] - optimized["accuracy"],
    }
