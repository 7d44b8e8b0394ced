"""1986, backpropagation: a network of two layers learns to read digits.

Rumelhart, Hinton and Williams showed that the chain rule, walked backwards, trains the layers in between, and that
these find features nobody told them. The digits are 8x8 pictures that 13 people wrote by hand.

Lessons 01 to 08: all from Tensor to DataLoader.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from tinytorch.core.activations import ReLU
from tinytorch.core.dataloader import DataLoader, TensorDataset
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss
from tinytorch.core.optimizers import Adam
from tinytorch.core.tensor import Tensor
from tinytorch.core.training import CosineSchedule, Trainer
from tinytorch.milestones.digits import digits, misread
from tinytorch.milestones.showing import chart, run, save_chart


def seed(number: int) -> None:
    """Make all that is drawn by chance the same in every run: weights by NumPy, the order of batches by random."""
    random.seed(number)
    np.random.seed(number)


def learn(
    model: Layer, learned: TensorDataset, held: TensorDataset, epochs: int, lr: float
) -> dict[str, list[float]]:
    """Train, print a line for each epoch, and return the losses and the accuracy."""
    schedule = CosineSchedule(lr, lr / 50, epochs)
    trainer = Trainer(model, Adam(model.parameters(), lr=lr), CrossEntropyLoss(), schedule)
    batches, check, shares = DataLoader(learned, 32, shuffle=True), DataLoader(held, 360), []
    for epoch in range(1, epochs + 1):
        loss = trainer.train_epoch(batches)
        _, share = trainer.evaluate(check)
        shares.append(share)
        print(f"epoch {epoch:3}   loss {loss:.4f}   {share:.1%} of the held-out digits")
    return {"loss": trainer.history["train_loss"], "held out": shares}


def show(folder: Path, title: str, model: Layer, curves: dict[str, list[float]], held: TensorDataset) -> None:
    """Draw the curves and some digits that were misread."""
    images, labels = (np.stack([part.data for part in parts]) for parts in zip(*held, strict=True))
    guesses = model(Tensor(images), training=False).data.argmax(axis=1)
    read = {"held-out digits read": curves["held out"]}
    print(chart(read, "epoch"))
    print(misread(images.reshape(-1, 1, 8, 8), labels, guesses))
    save_chart(folder / "learning.svg", title, read, "epoch")


def main(folder: Path) -> dict[str, float]:
    """Train on 1,437 digits, and return the share of 360 others that is read right."""
    seed(1986)
    (images, labels), (others, theirs) = digits()
    learned = TensorDataset(images.reshape(-1, 64), labels)
    held = TensorDataset(others.reshape(-1, 64), theirs)
    model = Sequential(Linear(64, 128), ReLU(), Dropout(0.3), Linear(128, 10))
    curves = learn(model, learned, held, epochs=30, lr=0.005)
    show(folder, "Two layers read digits", model, curves, held)
    return {"held out": curves["held out"][-1]}


if __name__ == "__main__":
    run("mlp", main)
