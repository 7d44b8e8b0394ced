"""The profiler that is given is not used.

score: 60
lost: {test_module: failed}
"""


def quick_profile(model, x, profiler=None, warmup=10, iterations=100):
    profiler = Profiler()
    whole = profiler.profile_layer(model, x.shape)
    layers = [profiler.profile_layer(layer, takes) for layer, takes, _ in trace(model, x.shape)]
    shares = [each | {"work_share": each["flops"] / whole["flops"]} for each in layers]
    return {**whole, **profiler.profile_forward_pass(model, x, warmup, iterations), "layers": shares}
