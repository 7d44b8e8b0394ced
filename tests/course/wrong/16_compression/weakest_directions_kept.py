"""The least singular values stay.

score: 60
lost: {test-low-rank: failed}
"""


def low_rank_approximate(w, rank_ratio=0.5):
    u, s, v = np.linalg.svd(w, full_matrices=False)
    rank = max(1, int(rank_ratio * min(w.shape)))
    return u[:, -rank:], s[-rank:], v[-rank:]
