"""Milliseconds are taken for seconds.

score: 45
lost: {test_advanced_profiling: failed, test_module: failed}
"""


class Profiler:
    def profile_forward_pass(self, model, x, warmup=10, iterations=100):
        latency = self.measure_latency(model, x, warmup, iterations)
        flops, moved = count_flops(model, x.shape), bytes_moved(model, x.shape)
        achieved = flops / latency / 1e9
        waiting = moved / (self.peak_bandwidth_mbs * 1e6) > flops / (self.peak_gflops * 1e9)
        return {
            "latency_ms": latency,
            "gflops_per_second": achieved,
            "memory_bandwidth_mbs": moved / latency / 1e6,
            "computational_efficiency": achieved / self.peak_gflops,
            "bottleneck": "memory" if waiting else "compute",
        }
