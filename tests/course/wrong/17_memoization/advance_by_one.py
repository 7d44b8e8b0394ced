"""advance moves by one, however many it is asked for.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def advance(self, count=1):
        self.seq_pos += 1
