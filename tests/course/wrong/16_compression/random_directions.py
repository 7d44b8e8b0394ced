"""Random directions approximate less well.

score: 60
lost: {test-low-rank: failed}
"""


def low_rank_approximate(w, rank_ratio=0.5):
    rank = max(1, int(rank_ratio * min(w.shape)))
    q, _ = np.linalg.qr(w @ np.random.default_rng(0).normal(size=(w.shape[1], rank)))
    u, s, v = np.linalg.svd(q.T @ w, full_matrices=False)
    return q @ u, s, v
