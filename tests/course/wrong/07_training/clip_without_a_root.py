"""The sum of the squares is taken for the norm.

score: 45
lost: {test_clipping: failed}
"""


def clip_grad_norm(parameters, max_norm=1.0):
    trained = [p for p in parameters if p.grad is not None]
    norm = float(sum(np.sum(p.grad.data.astype(np.float64) ** 2) for p in trained))
    if norm > max_norm:
        for p in trained:
            p.grad = p.grad * (max_norm / norm)
    return norm
