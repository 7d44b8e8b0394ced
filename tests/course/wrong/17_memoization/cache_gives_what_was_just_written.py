"""get gives the row at seq_pos, too.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def get(self, layer):
        self.check_layer(layer)
        return Tensor(self.keys[layer][:, :, : self.seq_pos + 1]), Tensor(self.values[layer][:, :, : self.seq_pos + 1])
