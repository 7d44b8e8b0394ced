"""update does not look whether there is room; it drops what does not fit.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def update(self, layer, key, value):
        self.check_layer(layer)
        new = key.shape[2]
        expected = (self.batch_size, self.num_heads, new, self.head_dim)
        if key.shape != expected or value.shape != expected:
            raise ValueError(f"keys and values of shapes {key.shape} and {value.shape} instead of {expected}")
        end = self.seq_pos + new
        room = self.max_seq_len - self.seq_pos
        key, value = key[:, :, :room], value[:, :, :room]
        self.keys[layer][:, :, self.seq_pos : end] = key.data
        self.values[layer][:, :, self.seq_pos : end] = value.data
