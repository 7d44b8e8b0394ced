"""1958, the perceptron: a weighted sum, a threshold, and a rule that learns from mistakes alone.

Rosenblatt's machine had 400 photocells, and potentiometers turned by motors for weights. Its rule needs no gradient:
where a point is on the wrong side, move the weights towards it or away from it. If a line parts the points, the rule
finds one.

Lessons 01 to 03: `Linear` is the weighted sum, `Tensor` holds the points.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tinytorch.core.layers import Linear
from tinytorch.core.tensor import Tensor
from tinytorch.milestones.showing import chart, run, save_chart, save_points

SEED, GAP = 4, 0.02


def points(count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return points of the plane, none of them near a certain line, and +1 or -1 for its two sides."""
    x = random.uniform(-1, 1, (8 * count, 2))
    beside = (x @ [0.8, 0.6]) - 0.2
    x, beside = x[abs(beside) > GAP], beside[abs(beside) > GAP]
    return x[:count], np.sign(beside[:count])


def side(neuron: Linear, x: np.ndarray) -> np.ndarray:
    """Say on which side of its line the neuron sees each point: the threshold."""
    return np.where(neuron(Tensor(x)).data[:, 0] > 0, 1, -1)


def learn(neuron: Linear, x: np.ndarray, y: np.ndarray) -> int:
    """Show every point once, correct the weights where the neuron is wrong, and return how often that was."""
    mistakes = 0
    for point, wanted in zip(x, y, strict=True):
        if side(neuron, point[np.newaxis])[0] != wanted:
            neuron.weight.data += np.float32(0.1 * wanted) * point[:, np.newaxis].astype(np.float32)
            neuron.bias.data += np.float32(0.1 * wanted)
            mistakes += 1
    return mistakes


def main(folder: Path) -> dict[str, float]:
    """Learn 200 points, and return the shares that are right of them and of 1,000 others."""
    np.random.seed(SEED)
    random = np.random.default_rng(SEED)
    (x, y), (unseen, theirs) = points(200, random), points(1000, random)
    neuron, mistakes = Linear(2, 1), []
    while len(mistakes) < 100 and (not mistakes or mistakes[-1]):
        mistakes.append(learn(neuron, x, y))
        print(f"pass {len(mistakes):3}   {mistakes[-1]:3} mistakes")
    print(chart({"mistakes": mistakes}, "pass"))
    save_chart(folder / "mistakes.svg", "The perceptron's mistakes", {"mistakes": mistakes}, "pass over 200 points")
    (a, b), c = neuron.weight.data[:, 0], neuron.bias.data[0]
    middle, along = -c * np.array([a, b]) / (a * a + b * b), np.array([-b, a]) / np.hypot(a, b)
    line = np.stack([middle - 3 * along, middle + 3 * along])
    save_points(folder / "line.svg", "The line that it found", [x[y > 0], x[y < 0]], line)
    return {"learned": np.mean(side(neuron, x) == y), "held out": np.mean(side(neuron, unseen) == theirs)}


if __name__ == "__main__":
    run("perceptron", main)
