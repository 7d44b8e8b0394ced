"""core.training: made by `tito export` from 07_training/training_dev.py; edit that file."""

import math

import numpy as np

import tinytorch.core.autograd
from tinytorch.core.tensor import Tensor

__all__ = [
    "BUFFERS",
    "CosineSchedule",
    "Trainer",
    "clip_grad_norm",
]


# The memories of optimizers that a checkpoint keeps, where an optimizer has them.
BUFFERS = ("momentum_buffers", "m_buffers", "v_buffers")


class CosineSchedule:
    """A rate that comes down along half a wave of the cosine."""

    def __init__(self, max_lr=0.1, min_lr=0.01, total_epochs=100):
        """Keep the largest and the smallest rate, and how many epochs lie between. Given."""
        self.max_lr, self.min_lr, self.total_epochs = max_lr, min_lr, total_epochs

    def get_lr(self, epoch):
        """
        Tell the rate of an epoch; the first is number 0.

        TODO: return max_lr for epoch 0, min_lr from total_epochs on, and the cosine between.

        APPROACH:
        1. From total_epochs on, return min_lr.
        2. Else compute (1 + cos(pi * epoch / total_epochs)) / 2, which falls from 1 to 0.
        3. Go that part of the way from min_lr up to max_lr.

        EXAMPLE:
        >>> schedule = CosineSchedule(max_lr=0.1, min_lr=0.01, total_epochs=100)
        >>> [round(schedule.get_lr(epoch), 4) for epoch in (0, 25, 50, 100)]
        [0.1, 0.0868, 0.055, 0.01]

        HINT: math.cos and math.pi.
        """
        if epoch >= self.total_epochs:
            return self.min_lr
        share = (1 + math.cos(math.pi * epoch / self.total_epochs)) / 2
        return self.min_lr + (self.max_lr - self.min_lr) * share


def clip_grad_norm(parameters, max_norm=1.0):
    """
    Bound the length of the gradient of all parameters together.

    TODO: scale the gradients where their common norm is above max_norm, and return the norm that they had.

    APPROACH:
    1. Collect the parameters whose grad is not None.
    2. Sum the squares of all numbers in their gradients, in float64, and take the root.
    3. Where that is above max_norm, multiply every gradient by max_norm / norm.
    4. Return the norm from before, as a float.

    EXAMPLE:
    >>> p = Tensor([0, 0], requires_grad=True)
    >>> p.grad = Tensor([3, 4])
    >>> clip_grad_norm([p], max_norm=1.0)
    5.0
    >>> p.grad.data.round(4)
    array([0.6, 0.8], dtype=float32)

    HINT: p.grad is a Tensor, and p.grad * number is one as well. array.astype(np.float64) makes room for the squares.
    """
    trained = [p for p in parameters if p.grad is not None]
    norm = math.sqrt(sum(float(np.sum(p.grad.data.astype(np.float64) ** 2)) for p in trained))
    if norm > max_norm:
        for p in trained:
            p.grad = p.grad * (max_norm / norm)
    return norm


class Trainer:
    """A training run: a model, an optimizer, a loss, and how far they have come."""

    def __init__(self, model, optimizer, loss_fn, scheduler=None, grad_clip_norm=None):
        """Keep the parts, and begin to count. Given."""
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.scheduler, self.grad_clip_norm = scheduler, grad_clip_norm
        self.epoch = self.step = 0
        self.history = {"train_loss": [], "eval_loss": [], "learning_rates": []}

    def update(self, examples):
        """
        Make a step out of the gradients of so many examples.

        TODO: average, clip, step, reset, count.

        APPROACH:
        1. Divide the grad of each of the optimizer's parameters by the number of examples, where there is one.
        2. Clip them together, where grad_clip_norm is not None.
        3. Let the optimizer step, and reset its gradients.
        4. Add 1 to self.step.

        EXAMPLE: where p is 1 and its grad of 20 comes from 4 examples, SGD with lr=0.1 steps along 5, to 0.5.

        HINT: p.grad / number is a Tensor.
        """
        for p in self.optimizer.params:
            if p.grad is not None:
                p.grad = p.grad / examples
        if self.grad_clip_norm is not None:
            clip_grad_norm(self.optimizer.params, self.grad_clip_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1

    def train_epoch(self, dataloader, accumulation_steps=1):
        """
        Train on every batch once.

        TODO: return the mean loss over all examples, and leave a trained model.

        APPROACH:
        1. Where there is a scheduler, give the optimizer the rate of this epoch. Reset the gradients.
        2. For each batch (x, y): compute the loss of the model with training=True, and call backward on the loss
           times the number of examples in x.
        3. Call update after every accumulation_steps batches, with the number of examples that have come since the
           last time; and once more at the end, where some are left.
        4. Note the mean loss and the optimizer's rate in the history, add 1 to epoch, and return the mean.
        5. No examples at all are a ValueError.

        EXAMPLE: with batches of 3, 3 and 1 examples whose losses are 1, 2 and 6, the result is 15 / 7.

        HINT: loss.data.item() is the loss as a number. enumerate(dataloader, 1) numbers the batches from 1.
        """
        if self.scheduler is not None:
            self.optimizer.lr = self.scheduler.get_lr(self.epoch)
        self.optimizer.zero_grad()
        total = examples = waiting = 0
        for number, (x, y) in enumerate(dataloader, 1):
            loss = self.loss_fn(self.model(x, training=True), y) * len(x.data)
            loss.backward()
            total += loss.data.item()
            examples += len(x.data)
            waiting += len(x.data)
            if number % accumulation_steps == 0:
                self.update(waiting)
                waiting = 0
        if examples == 0:
            raise ValueError("an epoch without any examples")
        if waiting:
            self.update(waiting)
        self.history["train_loss"].append(total / examples)
        self.history["learning_rates"].append(self.optimizer.lr)
        self.epoch += 1
        return total / examples

    def evaluate(self, dataloader):
        """
        Measure the model on batches that it is not trained on.

        TODO: return the mean loss and the accuracy, over all examples, and note the loss in the history.

        APPROACH:
        1. For each batch (x, y): compute the outputs with training=False, and add up n times their loss.
        2. Guess: the largest column where there are several, else yes (1) where the output is above 0.5.
        3. Count the guesses that equal the targets.
        4. Divide both sums by the number of examples; none at all are a ValueError.

        EXAMPLE: outputs [[0.9], [0.2], [0.6]] for targets [[1], [0], [0]] have an accuracy of 2/3.

        HINT: compare with y.data.ravel(), so that both sides have shape (n,).
        """
        total = right = examples = 0
        for x, y in dataloader:
            outputs = self.model(x, training=False)
            total += self.loss_fn(outputs, y).data.item() * len(x.data)
            scores = outputs.data
            guess = scores.argmax(axis=1) if scores.shape[1] > 1 else scores[:, 0] > 0.5
            right += int(np.sum(guess == y.data.ravel()))
            examples += len(x.data)
        if examples == 0:
            raise ValueError("an evaluation without any examples")
        self.history["eval_loss"].append(total / examples)
        return total / examples, right / examples

    def save_checkpoint(self, path):
        """
        Write all that the run depends on.

        TODO: write an .npz file of that name, with what the table above lists.

        APPROACH:
        1. Make a dictionary of arrays: parameter_0 and so on, out of the model's parameters.
        2. Add the optimizer's buffers, for each name in BUFFERS that it has: name_0 and so on, where not None.
        3. Open the file for writing bytes, and hand it to np.savez with all arrays, the counts, the rate and the
           history.

        HINT: np.savez(file, **dictionary). getattr(self.optimizer, name, []) gives [] where there is no such list.
        """
        arrays = {f"parameter_{i}": p.data for i, p in enumerate(self.model.parameters())}
        for name in BUFFERS:
            for i, buffer in enumerate(getattr(self.optimizer, name, [])):
                if buffer is not None:
                    arrays[f"{name}_{i}"] = buffer
        counts = {"epoch": self.epoch, "step": self.step, "step_count": self.optimizer.step_count}
        with open(path, "wb") as file:  # noqa: PTH123
            np.savez(file, lr=self.optimizer.lr, **counts, **self.history, **arrays)

    def load_checkpoint(self, path):
        """
        Go on where save_checkpoint has stopped.

        TODO: read the file, and set parameters, buffers, counts, rate and history.

        APPROACH:
        1. Open the file with np.load; content["epoch"] and the like are arrays.
        2. Refuse with a ValueError, before anything changes, a file with more, fewer or other shapes of parameters
           than the model has.
        3. Put each array into its parameter's data.
        4. For each list of buffers that the optimizer has, make a new one; None for what is not in the file.
        5. Set epoch, step, the optimizer's step_count and lr, and the lists of the history.

        HINT: content.get(name) is None where there is no such array; content.files lists all names. array.item() is a
        Python number, array.tolist() a list of them.
        """
        with np.load(path) as content:
            params = self.model.parameters()
            saved = [content[name] for name in content.files if name.startswith("parameter_")]
            if [values.shape for values in saved] != [p.shape for p in params]:
                raise ValueError(f"{path} holds the parameters of another model")
            for i, p in enumerate(params):
                p.data = saved[i]
            for name in BUFFERS:
                if hasattr(self.optimizer, name):
                    names = [f"{name}_{i}" for i in range(len(self.optimizer.params))]
                    setattr(self.optimizer, name, [content.get(each) for each in names])
            self.epoch, self.step = content["epoch"].item(), content["step"].item()
            self.optimizer.step_count, self.optimizer.lr = content["step_count"].item(), content["lr"].item()
            self.history = {name: content[name].tolist() for name in self.history}
