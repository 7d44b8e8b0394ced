"""get gives the keys in the values' place.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def get(self, layer):
        self.check_layer(layer)
        return Tensor(self.keys[layer][:, :, : self.seq_pos]), Tensor(self.keys[layer][:, :, : self.seq_pos])
