"""The way back costs as much as the way there.

score: 65
lost: {test_advanced_profiling: failed}
"""


class Profiler:
    def profile_backward_pass(self, model, input_shape):
        forward, memory = count_flops(model, input_shape), measure_memory(model, input_shape)
        held = memory["parameter_memory_mb"]
        return {
            "forward_flops": forward,
            "backward_flops": forward,
            "total_flops": 2 * forward,
            "gradient_memory_mb": held,
            "activation_memory_mb": memory["activation_memory_mb"],
            "optimizer_memory_mb": {"sgd": 0.0, "momentum": held, "adam": 2 * held},
        }
