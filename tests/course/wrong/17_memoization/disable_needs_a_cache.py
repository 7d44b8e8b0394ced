"""To disable a cache that was never enabled is an error.

score: 40
lost: {test-noninvasive: error}
"""


def disable_kv_cache(model):
    del model.generate
