"""perf.profiling: made by `tito export` from 14_profiling/profiling_dev.py; edit that file."""

import inspect
import math
import time

import numpy as np

from tinytorch.core.layers import Linear
from tinytorch.core.spatial import Conv2d
from tinytorch.core.tensor import Tensor

__all__ = [
    "BYTES",
    "MB",
    "Profiler",
    "analyze_weight_distribution",
    "bytes_moved",
    "count_flops",
    "count_parameters",
    "evaluated",
    "flat_layers",
    "layer_flops",
    "measure_latency",
    "measure_memory",
    "parameters_of",
    "quick_profile",
    "trace",
]


# A Tensor holds float32: four bytes a number.
BYTES = 4
# Megabytes are counted in powers of two here: 1,048,576 bytes.
MB = 1024 * 1024


def evaluated(layer, x):
    """Return layer(x) as it is after training: dropouts keep still, running means stay as they are. Given."""
    knows = "training" in inspect.signature(getattr(layer, "forward", layer)).parameters
    return layer(x, training=False) if knows else layer(x)


def flat_layers(model):
    """
    List the layers that compute, in order.

    TODO: return one flat list of the leaves of a model.

    APPROACH:
    1. A model without an attribute `layers` is a leaf: a list of itself.
    2. For any other, join the flat lists of its layers.

    EXAMPLE:
    >>> from tinytorch.core.layers import Dropout, Sequential
    >>> chain = Sequential(Linear(4, 8), Sequential(Dropout(), Linear(8, 2)))
    >>> [type(layer).__name__ for layer in flat_layers(chain)]
    ['Linear', 'Dropout', 'Linear']

    HINT: the function may call itself. hasattr(model, "layers") asks for the attribute.
    """
    if not hasattr(model, "layers"):
        return [model]
    return [leaf for layer in model.layers for leaf in flat_layers(layer)]


def trace(model, input_shape):
    """
    Send zeros through a model and note the shapes.

    TODO: return a list of (layer, shape that it takes, shape that it gives), one for each leaf, in order.

    APPROACH:
    1. Begin with a Tensor of zeros of the given shape.
    2. Let each leaf compute with `evaluated`, note both shapes, and go on with what it gave.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> [shapes for _, *shapes in trace(Sequential(Linear(4, 8), Linear(8, 2)), (5, 4))]
    [[(5, 4), (5, 8)], [(5, 8), (5, 2)]]

    HINT: the shapes alone. A list of Tensors would keep every activation of a large model in memory.
    """
    x = Tensor(np.zeros(input_shape))
    steps = []
    for layer in flat_layers(model):
        y = evaluated(layer, x)
        steps.append((layer, x.shape, y.shape))
        x = y
    return steps


def parameters_of(model):
    """
    List the Tensors that training may change, each once.

    TODO: return a list of a model's parameters, in order, without repeats.

    APPROACH:
    1. Where the model has `parameters`, call it.
    2. Else, where it has `layers`, join the parameters of each of them.
    3. Else take its `weight` and its `bias`, where they are there and not None.
    4. Keep the first mention of each Tensor.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> layer = Linear(3, 2)
    >>> [p.shape for p in parameters_of(Sequential(layer, layer))]
    [(3, 2), (2,)]

    HINT: == compares numbers. A dict with id(tensor) as its keys keeps one of each object, and remembers the order.
    """
    if hasattr(model, "parameters"):
        found = model.parameters()
    elif hasattr(model, "layers"):
        found = [each for layer in model.layers for each in parameters_of(layer)]
    else:
        found = [getattr(model, name, None) for name in ("weight", "bias")]
    return list({id(each): each for each in found if each is not None}.values())


def count_parameters(model):
    """
    Count the numbers that training may change.

    TODO: return how many numbers the parameters hold together, as an int.

    EXAMPLE:
    >>> count_parameters(Linear(10, 5))
    55
    """
    return sum(each.data.size for each in parameters_of(model))


def layer_flops(layer, takes, gives):
    """
    Count the operations of one layer.

    TODO: return how many operations the layer needs to turn a Tensor of shape `takes` into one of shape `gives`.

    APPROACH:
    1. Linear: 2 · in_features for each number that it gives.
    2. Conv2d: 2 · (the size of one kernel) for each number that it gives.
    3. Any other layer: 1 for each number that it takes.

    EXAMPLE:
    >>> layer_flops(Linear(128, 64), (1, 128), (1, 64))
    16384
    >>> layer_flops(Conv2d(3, 16, 3), (1, 3, 32, 32), (1, 16, 30, 30))
    777600

    HINT: math.prod(shape) is how many numbers a Tensor of that shape has. A convolution's weight is one kernel after
    the other: weight.data[0] is the first of them.
    """
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data[0].size * math.prod(gives)
    return math.prod(takes)


def count_flops(model, input_shape):
    """
    Count the operations of one pass.

    TODO: return the operations that a model needs for an input of the given shape, batch and all.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> count_flops(Sequential(Linear(784, 128), Linear(128, 10)), (1, 784))
    203264

    HINT: trace gives what layer_flops takes; a star spreads a tuple over a function's arguments.
    """
    return sum(layer_flops(*step) for step in trace(model, input_shape))


def measure_memory(model, input_shape):
    """
    Say what a pass holds in memory.

    TODO: return a dict of parameter_memory_mb, activation_memory_mb, peak_memory_mb and memory_efficiency.

    APPROACH:
    1. parameters: BYTES for each number that training may change.
    2. activations: BYTES for each number of the input, and of what each leaf gives.
    3. peak: the parameters, and the largest sum of what one leaf takes and gives.
    4. memory_efficiency: parameters / peak.
    5. Divide the first three by MB.

    EXAMPLE:
    >>> measure_memory(Linear(512, 512), (512, 512))["activation_memory_mb"]
    2.0

    HINT: trace(model, input_shape) has all the shapes, math.prod turns them into numbers.
    """
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = BYTES * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    peak = parameters + BYTES * max(math.prod(takes) + math.prod(gives) for _, takes, gives in steps)
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }


def bytes_moved(model, input_shape):
    """
    Count the bytes that a pass fetches and stores.

    TODO: return how many bytes travel: each parameter once, and of each leaf what it takes and what it gives.

    EXAMPLE:
    >>> bytes_moved(Linear(128, 64), (1, 128))
    33792

    HINT: here every leaf's input counts, for it must be fetched again.
    """
    numbers = sum(math.prod(takes) + math.prod(gives) for _, takes, gives in trace(model, input_shape))
    return BYTES * (count_parameters(model) + numbers)


def measure_latency(model, x, warmup=10, iterations=100, clock=time.perf_counter):
    """
    Time a pass.

    TODO: return the median time of one pass, in milliseconds.

    APPROACH:
    1. Refuse less than one iteration with a ValueError.
    2. Evaluate the model `warmup` times, without looking at the clock.
    3. Then `iterations` times, each between two looks at the clock. `clock()` gives seconds.
    4. Return 1000 times the median, as a float.

    EXAMPLE:
    >>> hands = iter([0.0, 0.002, 5.0, 5.004, 7.0, 7.1])
    >>> round(measure_latency(Linear(2, 2), Tensor([[1, 2]]), 1, 3, clock=lambda: next(hands)), 6)
    4.0

    HINT: `evaluated` calls the model as it is used. In the example the three passes took 2, 4 and 100 ms.
    """
    if iterations < 1:
        raise ValueError(f"a median needs at least one iteration, not {iterations}")
    for _ in range(warmup):
        evaluated(model, x)
    times = []
    for _ in range(iterations):
        start = clock()
        evaluated(model, x)
        times.append(clock() - start)
    return 1000 * float(np.median(times))


def analyze_weight_distribution(model, percentiles=(5, 25, 50, 75, 95)):
    """
    Describe where a model's weights lie.

    TODO: return a dict of mean, std, min, max, and percentiles, a dict from each percentile to its weight.

    APPROACH:
    1. Join the numbers of all parameters with two dimensions or more. Where there are none, raise ValueError.
    2. Describe them: floats, not arrays.

    EXAMPLE:
    >>> layer = Linear(2, 2)
    >>> layer.weight = Tensor([[1, 2], [3, 6]])
    >>> analyze_weight_distribution(layer, percentiles=(50,))["percentiles"]
    {50: 2.5}

    HINT: np.concatenate joins flat arrays, and refuses to join none with the ValueError that is asked for.
    np.percentile(numbers, p) does the rest.
    """
    numbers = np.concatenate([each.data.ravel() for each in parameters_of(model) if each.data.ndim > 1])
    return {
        "mean": float(numbers.mean()),
        "std": float(numbers.std()),
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "percentiles": {each: float(np.percentile(numbers, each)) for each in percentiles},
    }


class Profiler:
    """The instruments of this lesson with one clock, on one machine."""

    def __init__(self, clock=time.perf_counter, peak_gflops=100.0, peak_bandwidth_mbs=20_000.0):
        """Keep the clock, and what the machine can do at most: its maker's figures, or your own. Given."""
        self.clock = clock
        self.peak_gflops = peak_gflops
        self.peak_bandwidth_mbs = peak_bandwidth_mbs

    def count_parameters(self, model):
        """Count the numbers that training may change. Given."""
        return count_parameters(model)

    def count_flops(self, model, input_shape):
        """Count the operations of one pass. Given."""
        return count_flops(model, input_shape)

    def measure_memory(self, model, input_shape):
        """Say what a pass holds in memory. Given."""
        return measure_memory(model, input_shape)

    def measure_latency(self, model, x, warmup=10, iterations=100):
        """Time a pass, with the profiler's clock. Given."""
        return measure_latency(model, x, warmup, iterations, self.clock)

    def profile_layer(self, layer, input_shape):
        """
        Describe one layer (or a whole model) by counting alone.

        TODO: return a dict of layer_name, parameters, flops, flops_per_byte and the four entries of measure_memory.

        EXAMPLE:
        >>> profile = Profiler().profile_layer(Linear(128, 64), (1, 128))
        >>> profile["layer_name"], profile["parameters"], profile["flops"], round(profile["flops_per_byte"], 4)
        ('Linear', 8256, 16384, 0.4848)

        HINT: type(layer).__name__ is the name; two stars spread one dict within another.
        """
        flops = count_flops(layer, input_shape)
        return {
            "layer_name": type(layer).__name__,
            "parameters": count_parameters(layer),
            "flops": flops,
            "flops_per_byte": flops / bytes_moved(layer, input_shape),
            **measure_memory(layer, input_shape),
        }

    def profile_forward_pass(self, model, x, warmup=10, iterations=100):
        """
        Time a pass and hold it against what the machine could do.

        TODO: return a dict of latency_ms, gflops_per_second, memory_bandwidth_mbs, computational_efficiency and
        bottleneck.

        APPROACH:
        1. Time the pass with the profiler's clock.
        2. gflops_per_second: operations per second, in units of 10⁹; memory_bandwidth_mbs: bytes moved per second,
           in units of 10⁶.
        3. computational_efficiency: the share of peak_gflops that was reached.
        4. bottleneck: "memory" where moving the bytes at peak_bandwidth_mbs takes longer than computing at
           peak_gflops, else "compute". The measured time has no part in that.

        EXAMPLE:
        >>> hands = iter([0.0, 0.001])
        >>> profiler = Profiler(clock=lambda: next(hands))
        >>> profile = profiler.profile_forward_pass(Linear(128, 64), Tensor(np.ones((1, 128))), 0, 1)
        >>> round(profile["gflops_per_second"], 6), profile["bottleneck"]
        (0.016384, 'memory')

        HINT: a latency in milliseconds, divided by 1000, is in seconds.
        """
        latency = self.measure_latency(model, x, warmup, iterations)
        flops, moved = count_flops(model, x.shape), bytes_moved(model, x.shape)
        achieved = flops / (latency / 1000) / 1e9
        waiting = moved / (self.peak_bandwidth_mbs * 1e6) > flops / (self.peak_gflops * 1e9)
        return {
            "latency_ms": latency,
            "gflops_per_second": achieved,
            "memory_bandwidth_mbs": moved / (latency / 1000) / 1e6,
            "computational_efficiency": achieved / self.peak_gflops,
            "bottleneck": "memory" if waiting else "compute",
        }

    def profile_backward_pass(self, model, input_shape):
        """
        Say what a training step costs.

        TODO: return a dict of forward_flops, backward_flops (twice as many), total_flops, gradient_memory_mb (as much
        as the parameters), activation_memory_mb, and optimizer_memory_mb: a dict of sgd, momentum and adam, which keep
        0, 1 and 2 numbers for each parameter.

        EXAMPLE:
        >>> profile = Profiler().profile_backward_pass(Linear(128, 64), (1, 128))
        >>> profile["backward_flops"], profile["total_flops"]
        (32768, 49152)
        """
        forward, memory = count_flops(model, input_shape), measure_memory(model, input_shape)
        held = memory["parameter_memory_mb"]
        return {
            "forward_flops": forward,
            "backward_flops": 2 * forward,
            "total_flops": 3 * forward,
            "gradient_memory_mb": held,
            "activation_memory_mb": memory["activation_memory_mb"],
            "optimizer_memory_mb": {"sgd": 0.0, "momentum": held, "adam": 2 * held},
        }


def quick_profile(model, x, profiler=None, warmup=10, iterations=100):
    """
    Profile a model in one call.

    TODO: return a dict of all that profile_layer and profile_forward_pass say of the model, and of layers: a list
    with a dict for each leaf, in order.

    APPROACH:
    1. Take a Profiler of your own where none is given.
    2. Join the model's own profile_layer and its profile_forward_pass in one dict.
    3. For each step of trace, call profile_layer with the shape that the leaf takes. Add work_share to what it gives:
       the leaf's share of all FLOPs.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> model = Sequential(Linear(6, 2), Linear(2, 2))
    >>> [each["work_share"] for each in quick_profile(model, Tensor([[0] * 6]), iterations=1)["layers"]]
    [0.75, 0.25]
    """
    profiler = Profiler() if profiler is None else profiler
    whole = profiler.profile_layer(model, x.shape)
    layers = [profiler.profile_layer(layer, takes) for layer, takes, _ in trace(model, x.shape)]
    shares = [each | {"work_share": each["flops"] / whole["flops"]} for each in layers]
    return {**whole, **profiler.profile_forward_pass(model, x, warmup, iterations), "layers": shares}
