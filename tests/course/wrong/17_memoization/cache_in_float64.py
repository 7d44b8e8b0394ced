"""Blocks are float64, twice as large as they need be.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def __init__(self, batch_size, max_seq_len, num_layers, num_heads, head_dim):
        self.batch_size = batch_size
        self.max_seq_len = max_seq_len
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.head_dim = head_dim
        self.seq_pos = 0
        shape = (batch_size, num_heads, max_seq_len, head_dim)
        self.keys = [np.zeros(shape) for _ in range(num_layers)]
        self.values = [np.zeros(shape) for _ in range(num_layers)]
