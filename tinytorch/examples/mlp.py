"""Teach a network of two layers to tell three spirals apart: `python -m tinytorch.examples.mlp`.

Everything in it is what students write in modules 01 to 05; NumPy only makes the points.
"""

from __future__ import annotations

import numpy as np

import tinytorch.core.autograd  # noqa: F401 - from here on, what Tensors do is recorded
from tinytorch.core.activations import Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss
from tinytorch.core.tensor import Tensor

SPIRALS = 3
MARKS = "o.x"


def spirals(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Return `count` noisy points of each spiral, of shape (points, 2), and their spirals' numbers."""
    random = np.random.default_rng(seed)
    radius = np.tile(np.linspace(0.05, 1, count), SPIRALS)
    number = np.repeat(np.arange(SPIRALS), count)
    angle = 4 * radius + 2 * np.pi / SPIRALS * number + random.normal(0, 0.15, radius.size)
    return Tensor(np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)), Tensor(number)


def train(network: Sequential, points: Tensor, numbers: Tensor, steps: int, rate: float = 1.0) -> list[float]:
    """Follow the gradient of the cross-entropy downhill; return the loss before each step."""
    criterion, history = CrossEntropyLoss(), []
    for _ in range(steps):
        loss = criterion(network(points), numbers)
        loss.backward()
        history.append(loss.data.item())
        for parameter in network.parameters():
            parameter.data -= rate * parameter.grad.data
            parameter.zero_grad()
    return history


def guess(network: Sequential, points: Tensor) -> np.ndarray:
    """Return the number of the spiral that the network sees each point on."""
    return network(points).data.argmax(axis=1)


def accuracy(network: Sequential, points: Tensor, numbers: Tensor) -> float:
    """Return the share of points that are put on the right spiral."""
    return float(np.mean(guess(network, points) == numbers.data))


def picture(network: Sequential, width: int = 48, height: int = 20) -> str:
    """Draw which spiral the network sees where."""
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(1, -1, height))
    seen = guess(network, Tensor(np.stack([x.ravel(), y.ravel()], axis=1))).reshape(height, width)
    return "\n".join("".join(MARKS[number] for number in row) for row in seen)


def main(seed: int = 5, steps: int = 1000) -> float:
    """Train on 300 points, report on 300 others, and return the accuracy on those."""
    np.random.seed(seed)  # noqa: NPY002 - Linear draws its weights from the legacy generator
    network = Sequential(Linear(2, 32), Tanh(), Linear(32, SPIRALS))
    history = train(network, *spirals(100, seed), steps)
    for step in range(0, steps, steps // 5):
        print(f"step {step:5}   loss {history[step]:.3f}")
    reached = accuracy(network, *spirals(100, seed + 1))
    print(f"step {steps:5}   loss {history[-1]:.3f}   {reached:.1%} of 300 new points on the right spiral\n")
    print(picture(network))
    return reached


if __name__ == "__main__":
    main()
