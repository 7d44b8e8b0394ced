"""advance sets seq_pos to what it should be moved by.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def advance(self, count=1):
        self.seq_pos = count
