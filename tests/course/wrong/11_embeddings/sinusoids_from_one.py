"""Places are counted from 1.

score: 40
lost: {test-sinusoidal: failed, test-complete-system: failed}
"""


def create_sinusoidal_embeddings(max_seq_len, embed_dim):
    positions = np.arange(1, max_seq_len + 1)[:, np.newaxis]
    angles = positions / 10000 ** (np.arange(0, embed_dim, 2) / embed_dim)
    table = np.zeros((max_seq_len, embed_dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)[:, : embed_dim // 2]
    return Tensor(table)
