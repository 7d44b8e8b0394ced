"""disable_kv_cache leaves everything as it is.

score: 40
lost: {test-noninvasive: failed}
"""


def disable_kv_cache(model):
    pass
