"""The clock that is given is not read.

score: 35
lost: {test_latency_measurement: failed, test_advanced_profiling: failed, test_module: failed}
"""


def measure_latency(model, x, warmup=10, iterations=100, clock=time.perf_counter):
    if iterations < 1:
        raise ValueError("no iterations")
    for _ in range(warmup):
        evaluated(model, x)
    times = []
    for _ in range(iterations):
        start = time.time()
        evaluated(model, x)
        times.append(time.time() - start)
    return 1000 * float(np.median(times))
