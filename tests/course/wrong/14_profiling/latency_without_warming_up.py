"""No pass warms up.

score: 70
lost: {test_latency_measurement: failed}
"""


def measure_latency(model, x, warmup=10, iterations=100, clock=time.perf_counter):
    if iterations < 1:
        raise ValueError("no iterations")
    times = []
    for _ in range(iterations):
        start = clock()
        evaluated(model, x)
        times.append(clock() - start)
    return 1000 * float(np.median(times))
