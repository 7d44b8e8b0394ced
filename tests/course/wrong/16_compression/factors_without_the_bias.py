"""The old bias is lost.

score: 40
lost: {test-low-rank: failed, test-compression-integration: failed}
"""


def factorize(linear, rank_ratio=0.5):
    u, s, v = low_rank_approximate(linear.weight.data, rank_ratio)
    first = Linear(linear.in_features, len(s), bias=False)
    second = Linear(len(s), linear.out_features, bias=False)
    first.weight, second.weight = Tensor(u * s, requires_grad=True), Tensor(v, requires_grad=True)
    return Sequential(first, second)
