"""2018, the benchmark: the network of 1998 made small and quick, and measured so that others can check it.

MLPerf began in 2018: rules under which the speed of a model counts only if it is still accurate enough. Here the
digits' network loses its weakest kernels, learns once more from what it was before, and keeps its weights in bytes.

Lessons 14 to 20, on the network that 01 to 09 have built.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tinytorch.capstone import BenchmarkReport, generate_submission, save_submission
from tinytorch.core.dataloader import DataLoader, TensorDataset
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.optimizers import Adam
from tinytorch.core.spatial import Conv2d, conv2d
from tinytorch.core.tensor import Tensor
from tinytorch.core.training import CosineSchedule
from tinytorch.milestones.cnn import network
from tinytorch.milestones.digits import digits
from tinytorch.milestones.mlp import learn, seed
from tinytorch.milestones.showing import chart, run, save_chart
from tinytorch.perf.compression import KnowledgeDistillation
from tinytorch.perf.profiling import count_flops
from tinytorch.perf.quantization import QuantizedLinear, dequantize_int8, quantize_model

IMAGE = (1, 1, 8, 8)
KEPT = (12, 24)


class QuantizedConv2d(QuantizedLinear):
    """A convolution whose kernels are bytes: lesson 15's layer with lesson 09's operation."""

    def __init__(self, conv: Conv2d) -> None:
        super().__init__(conv)
        self.stride, self.padding = conv.stride, conv.padding

    def forward(self, x: Tensor) -> Tensor:
        """Convolve with the kernels that the bytes stand for."""
        kernels = dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        return conv2d(x, kernels, self.stride, self.padding) + self.bias.reshape(1, -1, 1, 1)


def strongest(conv: Conv2d, count: int) -> np.ndarray:
    """Return the places of the kernels of largest norm, in order."""
    norms = np.linalg.norm(conv.weight.data.reshape(conv.out_channels, -1), axis=1)
    return np.sort(np.argsort(norms)[-count:])


def pruned(teacher: Sequential, first: int, second: int) -> Sequential:
    """Return a network of the strongest kernels; what came from the others is cut out of the layers behind."""
    student = network(first, second, dropped=0.0)
    one, two, last = (layer for layer in teacher.layers if isinstance(layer, Conv2d | Linear))
    to_one, to_two, to_last = (layer for layer in student.layers if isinstance(layer, Conv2d | Linear))
    a, b = strongest(one, first), strongest(two, second)
    rows = last.weight.data.reshape(two.out_channels, 4, -1)[b]
    for layer, weight, bias in (
        (to_one, one.weight.data[a], one.bias.data[a]),
        (to_two, two.weight.data[b][:, a], two.bias.data[b]),
        (to_last, rows.reshape(4 * second, -1), last.bias.data),
    ):
        layer.weight.data, layer.bias.data = weight.copy(), bias.copy()
    return student


def taught(teacher: Sequential, student: Sequential, learned: TensorDataset, epochs: int, lr: float) -> list[float]:
    """Let the small network learn from the large one, print a line for each epoch, and return the losses."""
    distillation, losses = KnowledgeDistillation(teacher, student), []
    optimizer, schedule = Adam(student.parameters(), lr=lr), CosineSchedule(lr, lr / 50, epochs)
    for epoch in range(epochs):
        optimizer.lr, total = schedule.get_lr(epoch), 0.0
        for x, labels in DataLoader(learned, 32, shuffle=True):
            loss = distillation.loss(x, labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.data.item() * len(labels.data)
        losses.append(total / len(learned))
        print(f"distillation, epoch {epoch + 1:2}   loss {losses[-1]:.4f}")
    return losses


def in_bytes(model: Sequential) -> Sequential:
    """Keep kernels and weights as bytes, in place."""
    for place, layer in enumerate(model.layers):
        if isinstance(layer, Conv2d):
            model.layers[place] = QuantizedConv2d(layer)
    return quantize_model(model)


def main(folder: Path) -> dict[str, float]:
    """Train, prune, distil and quantize; return what became of bytes, operations and accuracy."""
    seed(1998)
    (images, labels), (others, theirs) = digits()
    learned, held = TensorDataset(images, labels), TensorDataset(others, theirs)
    teacher = network()
    learn(teacher, learned, held, epochs=15, lr=0.005)
    student = pruned(teacher, *KEPT)
    losses = taught(teacher, student, learned, epochs=10, lr=0.003)
    # A multiplication of bytes is one as well, so operations are counted before the weights become bytes.
    work = [count_flops(model, IMAGE) for model in (teacher, student)]
    reports = [BenchmarkReport("the network of 1998"), BenchmarkReport("small and in bytes")]
    for report, model in zip(reports, (teacher, in_bytes(student)), strict=True):
        report.benchmark_model(model, others, theirs, num_runs=5)
    techniques = ["structured pruning", "distillation", "int8 weights"]
    submission = generate_submission(*reports, techniques_applied=techniques)
    save_submission(submission, folder / "submission.json")
    for report, operations in zip(reports, work, strict=True):
        size, share = report.metrics["model_size_mb"] * 2**20, report.metrics["accuracy"]
        print(f"{report.model_name:20} {size:7,.0f} bytes {operations:8,} operations an image   {share:.1%} right")
    print(chart({"loss": losses}, "epoch of distillation"))
    save_chart(folder / "distillation.svg", "A small network learns from a large one", {"loss": losses}, "epoch")
    better = submission["improvements"]
    return {
        "times fewer bytes": better["compression_ratio"],
        "share of the operations": work[1] / work[0],
        "points less accurate": 0.0 - 100 * better["accuracy_delta"],
    }


if __name__ == "__main__":
    run("capstone", main)
