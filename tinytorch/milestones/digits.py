"""The handwritten digits that milestones learn to read; data/README.md says where they come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tinytorch.core.tensor import Tensor
from tinytorch.milestones.showing import shaded

HELD_OUT = 360
DATA = Path(__file__).with_name("data") / "digits.npz"


def digits() -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """Return (images, labels) to learn from and (images, labels) held out; images are (n, 1, 8, 8), from 0 to 1."""
    with np.load(DATA) as content:
        images, labels = content["images"] / np.float32(16), content["labels"]
    order = np.random.default_rng(1986).permutation(len(labels))
    images, labels = images[order, np.newaxis], labels[order]
    learned, held = slice(HELD_OUT, None), slice(HELD_OUT)
    return (Tensor(images[learned]), Tensor(labels[learned])), (Tensor(images[held]), Tensor(labels[held]))


def misread(images: np.ndarray, labels: np.ndarray, guesses: np.ndarray, most: int = 6) -> str:
    """Draw some of the digits that were misread, side by side, with what they are and what was read."""
    wrong = np.flatnonzero(labels != guesses)[:most]
    if not len(wrong):
        return "no digit was misread"
    heads = "   ".join(f"{int(labels[i])} read as {int(guesses[i])}".ljust(16) for i in wrong)
    rows = ["   ".join(row) for row in zip(*(shaded(images[i, 0]) for i in wrong), strict=True)]
    return "\n".join([heads, *rows])
