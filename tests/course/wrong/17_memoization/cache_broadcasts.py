"""update compares no shapes, and NumPy broadcasts.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def update(self, layer, key, value):
        self.check_layer(layer)
        new = key.shape[2]
        end = self.seq_pos + new
        if end > self.max_seq_len:
            raise ValueError(f"there is room for {self.max_seq_len} positions, not for {end}")
        self.keys[layer][:, :, self.seq_pos : end] = key.data
        self.values[layer][:, :, self.seq_pos : end] = value.data
