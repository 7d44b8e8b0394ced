"""1998, the convolutional network: small kernels that see the same stroke wherever it is.

LeCun, Bottou, Bengio and Haffner's LeNet-5 read the amounts on bank cheques. A kernel needs few weights and looks
everywhere; pooling forgives a digit that stands a little to the left.

Lessons 01 to 09, on the same digits as the milestone of 1986.
"""

from __future__ import annotations

from pathlib import Path

from tinytorch.core.activations import ReLU
from tinytorch.core.dataloader import TensorDataset
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.spatial import Conv2d, MaxPool2d
from tinytorch.core.tensor import Tensor
from tinytorch.milestones.digits import digits
from tinytorch.milestones.mlp import learn, seed, show
from tinytorch.milestones.showing import run


class Flatten(Layer):
    """Makes rows of images."""

    def forward(self, x: Tensor) -> Tensor:
        """Return a Tensor (batch, numbers of one image)."""
        return x.reshape(x.shape[0], -1)


def network(first: int = 16, second: int = 32, dropped: float = 0.3) -> Sequential:
    """Return a network of two convolutions with so many kernels, each pooled, and a layer for ten digits."""
    seen = [Conv2d(1, first, 3, padding=1), ReLU(), MaxPool2d(2)]
    seen += [Conv2d(first, second, 3, padding=1), ReLU(), MaxPool2d(2)]
    return Sequential(*seen, Flatten(), Dropout(dropped), Linear(4 * second, 10))


def main(folder: Path) -> dict[str, float]:
    """Train on 1,437 digits, and return the share of 360 others that is read right."""
    seed(1998)
    learned, held = (TensorDataset(*each) for each in digits())
    model = network()
    curves = learn(model, learned, held, epochs=15, lr=0.005)
    show(folder, "Two convolutions read digits", model, curves, held)
    return {"held out": curves["held out"][-1]}


if __name__ == "__main__":
    run("cnn", main)
