"""All layers share one block.

score: 10
lost: {test-kvcache: failed, test-cache-enablement: failed, module-integration: failed}
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
        self.keys = [np.zeros(shape, dtype=np.float32)] * num_layers
        self.values = [np.zeros(shape, dtype=np.float32)] * num_layers
