"""reset erases the numbers, and stays where it is.

score: 10
lost: {test-kvcache: failed, test-noninvasive: error, module-integration: error}
"""


class KVCache:
    def reset(self):
        self.keys = [block * 0 for block in self.keys]
        self.values = [block * 0 for block in self.values]
