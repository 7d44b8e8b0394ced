"""The share that is left, not how many times smaller.

score: 40
lost: {test-compare-sizes: failed}
"""


def compare_model_sizes(original, quantized):
    before, after = model_bytes(original), model_bytes(quantized)
    return {
        "original_bytes": before,
        "quantized_bytes": after,
        "saved_bytes": before - after,
        "compression_ratio": after / before,
    }
