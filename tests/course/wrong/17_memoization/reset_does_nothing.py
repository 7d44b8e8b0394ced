"""reset leaves everything as it is.

score: 10
lost: {test-kvcache: failed, test-noninvasive: error, module-integration: error}
"""


class KVCache:
    def reset(self):
        pass
