"""get gives all rows, filled or not.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def get(self, layer):
        self.check_layer(layer)
        return Tensor(self.keys[layer][:, :, :]), Tensor(self.values[layer][:, :, :])
