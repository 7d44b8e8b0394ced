"""The singular values are forgotten.

score: 60
lost: {test-low-rank: failed}
"""


def factorize(linear, rank_ratio=0.5):
    u, s, v = low_rank_approximate(linear.weight.data, rank_ratio)
    first = Linear(linear.in_features, len(s), bias=False)
    second = Linear(len(s), linear.out_features)
    first.weight, second.weight = Tensor(u, requires_grad=True), Tensor(v, requires_grad=True)
    second.bias = linear.bias
    return Sequential(first, second)
