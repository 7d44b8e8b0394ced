"""Bytes are counted, not numbers.

score: 65
lost: {test-benchmark-report: failed, module-integration: failed}
"""


def count_numbers(model):
    return model_bytes(model)
