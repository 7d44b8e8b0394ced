"""One layer more than there are is accepted.

score: 40
lost: {test-kvcache: error}
"""


class KVCache:
    def check_layer(self, layer):
        if not 0 <= layer <= self.num_layers:
            raise ValueError(f"layers are numbered 0 to {self.num_layers - 1}, not {layer}")
