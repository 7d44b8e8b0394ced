"""update compares the shape of the keys alone.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def update(self, layer, key, value):
        self.check_layer(layer)
        new = key.shape[2]
        expected = (self.batch_size, self.num_heads, new, self.head_dim)
        if key.shape != expected:
            raise ValueError(f"keys and values of shapes {key.shape} and {value.shape} instead of {expected}")
        end = self.seq_pos + new
        if end > self.max_seq_len:
            raise ValueError(f"there is room for {self.max_seq_len} positions, not for {end}")
        self.keys[layer][:, :, self.seq_pos : end] = key.data
        self.values[layer][:, :, self.seq_pos : end] = value.data
