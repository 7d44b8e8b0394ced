"""get gives arrays, not Tensors.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def get(self, layer):
        self.check_layer(layer)
        return self.keys[layer][:, :, : self.seq_pos], self.values[layer][:, :, : self.seq_pos]
