"""A megabyte is taken for a million bytes.

score: 40
lost: {test-kvcache: failed}
"""


class KVCache:
    def get_memory_usage(self):
        blocks = [*self.keys, *self.values]
        elements = sum(block.size for block in blocks)
        megabytes = elements * BYTES_PER_NUMBER / 1_000_000
        return {
            "total_elements": elements,
            "cache_tensors": len(blocks),
            "total_mb": megabytes,
            "per_layer_mb": megabytes / self.num_layers,
        }
