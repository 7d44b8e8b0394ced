"""get looks into the last layer.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
"""


class KVCache:
    def get(self, layer):
        self.check_layer(layer)
        return Tensor(self.keys[-1][:, :, : self.seq_pos]), Tensor(self.values[-1][:, :, : self.seq_pos])
