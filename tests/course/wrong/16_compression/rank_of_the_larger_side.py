"""The share is that of the larger side.

score: 40
lost: {test-low-rank: failed, test-compression-integration: failed}
"""


def low_rank_approximate(w, rank_ratio=0.5):
    u, s, v = np.linalg.svd(w, full_matrices=False)
    rank = max(1, int(rank_ratio * max(w.shape)))
    return u[:, :rank], s[:rank], v[:rank]
