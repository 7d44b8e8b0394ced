"""A small share leaves no direction.

score: 40
lost: {test-low-rank: failed, test-compression-integration: error}
"""


def low_rank_approximate(w, rank_ratio=0.5):
    u, s, v = np.linalg.svd(w, full_matrices=False)
    rank = int(rank_ratio * min(w.shape))
    return u[:, :rank], s[:rank], v[:rank]
