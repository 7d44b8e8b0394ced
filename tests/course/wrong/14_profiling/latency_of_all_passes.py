"""The clock is read around the loop.

score: 35
lost: {test_latency_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def measure_latency(model, x, warmup=10, iterations=100, clock=time.perf_counter):
    if iterations < 1:
        raise ValueError("no iterations")
    for _ in range(warmup):
        evaluated(model, x)
    start = clock()
    for _ in range(iterations):
        evaluated(model, x)
    return 1000 * (clock() - start) / iterations
