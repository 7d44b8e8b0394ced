"""All sines stand before all cosines.

score: 40
lost: {test-sinusoidal: failed, test-complete-system: failed}
"""


def create_sinusoidal_embeddings(max_seq_len, embed_dim):
    positions = np.arange(max_seq_len)[:, np.newaxis]
    angles = positions / 10000 ** (np.arange(0, embed_dim, 2) / embed_dim)
    table = np.zeros((max_seq_len, embed_dim))
    table[:, : angles.shape[1]] = np.sin(angles)
    table[:, angles.shape[1] :] = np.cos(angles)[:, : embed_dim // 2]
    return Tensor(table)
