# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# %% [markdown]
"""
# 04 · Losses
"""

# %%
#| default_exp core.losses

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.tensor import Tensor

# How near to 0 and 1 a probability may come before its logarithm is taken.
EPSILON = 1e-7

# %% [markdown]
"""
## log_softmax
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log-softmax-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def log_softmax(x, dim=-1):
    """
    Compute the logarithm of the softmax along one dimension.

    TODO: return a new Tensor with log(softmax(x)), finite for scores of any size.

    APPROACH:
    1. Subtract the maximum along dim from x.data.
    2. Take the exponential, the sum along dim, and the logarithm of the sum.
    3. Subtract that logarithm from the shifted scores, and wrap the result in a new Tensor.

    EXAMPLE:
    >>> log_softmax(Tensor([1.0, 2.0, 3.0])).data.round(4)
    array([-2.4076, -1.4076, -0.4076], dtype=float32)

    HINT: keepdims=True keeps the maximum and the sum in line with the scores.
    """
    ### BEGIN SOLUTION
    shifted = x.data - np.max(x.data, axis=dim, keepdims=True)
    return Tensor(shifted - np.log(np.sum(np.exp(shifted), axis=dim, keepdims=True)))
    ### END SOLUTION

# %% [markdown]
"""
## MSELoss
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mse-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class MSELoss:
    """The mean of the squared differences."""

    def forward(self, predictions, targets):
        """
        Compare numbers with numbers.

        TODO: return a Tensor of shape () with the mean of (prediction - target)².

        APPROACH:
        1. Refuse shapes that differ with a ValueError: broadcasting would compare everything with everything.
        2. Subtract, square, take the mean.

        EXAMPLE:
        >>> round(MSELoss().forward(Tensor([1, 2, 3]), Tensor([1, 2, 5])).data.item(), 4)
        1.3333

        HINT: Tensors subtract, multiply and have a mean. There is no need for their data here.
        """
        ### BEGIN SOLUTION
        if predictions.shape != targets.shape:
            raise ValueError(f"predictions of shape {predictions.shape} and targets of shape {targets.shape}")
        difference = predictions - targets
        return (difference * difference).mean()
        ### END SOLUTION

    def __call__(self, predictions, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(predictions, targets)

# %% [markdown]
"""
## CrossEntropyLoss
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "cross-entropy-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class CrossEntropyLoss:
    """How surprised a classifier is by the true classes."""

    def forward(self, logits, targets):
        """
        Compare scores with class numbers.

        TODO: return a Tensor of shape () with the mean of -log(probability of the true class).

        APPROACH:
        1. Turn targets.data into integers.
        2. Refuse with a ValueError: logits that are not of shape (batch, classes), targets that are not of shape
           (batch,), and class numbers that do not exist. A negative one would silently count from the end.
        3. Take the log_softmax of the logits.
        4. Pick each row's entry for its true class, take the mean, and change the sign.

        EXAMPLE:
        >>> round(CrossEntropyLoss().forward(Tensor([[2, 1, 0], [0, 0, 0]]), Tensor([0, 2])).data.item(), 4)
        0.7531

        HINT: t[np.arange(3), classes] picks one entry of each of three rows, for Tensors as for arrays.
        """
        ### BEGIN SOLUTION
        classes = targets.data.astype(int)
        if len(logits.shape) != 2 or classes.shape != logits.shape[:1]:
            raise ValueError(f"logits of shape {logits.shape} and targets of shape {classes.shape}")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError(f"class numbers go from 0 to {logits.shape[1] - 1}")
        log_probabilities = log_softmax(logits)
        return -log_probabilities[np.arange(len(classes)), classes].mean()
        ### END SOLUTION

    def __call__(self, logits, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(logits, targets)

# %% [markdown]
"""
## BinaryCrossEntropyLoss
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "binary-cross-entropy-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class BinaryCrossEntropyLoss:
    """How surprised a yes-or-no prediction is by the answer."""

    def forward(self, predictions, targets):
        """
        Compare probabilities with answers.

        TODO: return a Tensor of shape () with the mean of -(y log(p) + (1 - y) log(1 - p)).

        APPROACH:
        1. Refuse shapes that differ with a ValueError.
        2. Keep the probabilities between EPSILON and 1 - EPSILON, in a new array.
        3. Compute the formula with NumPy, and wrap the mean in a Tensor.

        EXAMPLE:
        >>> round(BinaryCrossEntropyLoss().forward(Tensor([0.9, 0.2]), Tensor([1, 0])).data.item(), 4)
        0.1643

        HINT: np.clip(values, lowest, highest) makes a new array.
        """
        ### BEGIN SOLUTION
        if predictions.shape != targets.shape:
            raise ValueError(f"predictions of shape {predictions.shape} and targets of shape {targets.shape}")
        p, y = np.clip(predictions.data, EPSILON, 1 - EPSILON), targets.data
        return Tensor(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        ### END SOLUTION

    def __call__(self, predictions, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(predictions, targets)
