"""Every row is computed for the shape of the model's input.

score: 60
lost: {test_module: error}
"""


def quick_profile(model, x, profiler=None, warmup=10, iterations=100):
    profiler = Profiler() if profiler is None else profiler
    whole = profiler.profile_layer(model, x.shape)
    layers = [profiler.profile_layer(layer, gives) for layer, _, gives in trace(model, x.shape)]
    shares = [each | {"work_share": each["flops"] / whole["flops"]} for each in layers]
    return {**whole, **profiler.profile_forward_pass(model, x, warmup, iterations), "layers": shares}
