"""1969, the exclusive or: what no single layer can learn, and two layers can.

In their book *Perceptrons*, Minsky and Papert proved what one layer of weights can never tell apart. The smallest
case has four points: (0, 1) and (1, 0) against (0, 0) and (1, 1). No line parts them, so a single layer gets at most
three of them right, however long it learns. A layer in between bends the plane until a line is enough; how to train
it was the question that stopped many for years.

Lessons 01 to 06: layers, a loss, autograd and Adam.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import tinytorch.core.autograd  # noqa: F401 - from here on, what Tensors do is recorded
from tinytorch.core.activations import Sigmoid, Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import BinaryCrossEntropyLoss
from tinytorch.core.optimizers import Adam
from tinytorch.core.tensor import Tensor
from tinytorch.milestones.showing import chart, run, save_chart

X = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = Tensor([[0], [1], [1], [0]])
SEEDS = range(10)


def network(seed: int, *, hidden: int) -> Sequential:
    """Return a network with so many neurons in between; without any, it is a single layer."""
    np.random.seed(seed)
    if not hidden:
        return Sequential(Linear(2, 1), Sigmoid())
    return Sequential(Linear(2, hidden), Tanh(), Linear(hidden, 1), Sigmoid())


def learn(model: Sequential, steps: int = 400) -> list[float]:
    """Train on the four points, and return the loss of each step."""
    optimizer, criterion, losses = Adam(model.parameters(), lr=0.05), BinaryCrossEntropyLoss(), []
    for _ in range(steps):
        loss = criterion(model(X), Y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.data.item())
    return losses


def right(model: Sequential) -> int:
    """Count the points of the four that are right."""
    return int(np.sum((model(X).data > 0.5) == Y.data))


def picture(model: Sequential, width: int = 32, height: int = 16) -> str:
    """Draw where the network says yes (#) and no (.), with (0, 0) at the bottom left."""
    x, y = np.meshgrid(np.linspace(-0.25, 1.25, width), np.linspace(1.25, -0.25, height))
    seen = model(Tensor(np.stack([x.ravel(), y.ravel()], axis=1))).data.reshape(height, width)
    return "\n".join("".join("#" if value > 0.5 else "." for value in row) for row in seen)


def main(folder: Path) -> dict[str, float]:
    """Train ten single layers and ten networks, and return how the best of the former and all the latter do."""
    singles, doubles, curves = [], [], {}
    for seed in SEEDS:
        single, double = network(seed, hidden=0), network(seed, hidden=4)
        curves = {"one layer": learn(single), "two layers": learn(double)}
        singles.append(right(single))
        doubles.append(right(double))
        print(f"seed {seed}   one layer: {singles[-1]} of 4   two layers: {doubles[-1]} of 4")
    print(chart(curves, "step"))
    print(f"what two layers see:\n{picture(double)}")
    save_chart(folder / "loss.svg", "The exclusive or, learned", curves, "step")
    return {"one layer": max(singles) / 4, "seeds with two layers": doubles.count(4)}


if __name__ == "__main__":
    run("xor", main)
