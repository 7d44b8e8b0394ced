"""A norm for each parameter.

score: 45
lost: {test_clipping: failed}
"""


def clip_grad_norm(parameters, max_norm=1.0):
    total = 0.0
    for p in parameters:
        if p.grad is None:
            continue
        norm = math.sqrt(np.sum(p.grad.data.astype(np.float64) ** 2))
        total += norm**2
        if norm > max_norm:
            p.grad = p.grad * (max_norm / norm)
    return math.sqrt(total)
