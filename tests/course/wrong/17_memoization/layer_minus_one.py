"""Layer -1 is taken for the last.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def check_layer(self, layer):
        if layer >= self.num_layers:
            raise ValueError(f"layers are numbered 0 to {self.num_layers - 1}, not {layer}")
