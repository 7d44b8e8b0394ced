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
"""
# 07 · Training

You have a model, a loss, gradients and an optimizer. What is missing is the hour in which they work together: many
batches, many epochs, a rate that sinks on the way, a batch that goes wrong and must not ruin everything, a measurement
that is honest, and a power cut. This lesson builds the loop that lives through all of it.

**When you are done, you can**

- write a training epoch and an evaluation, and say which three things differ between them;
- let the rate follow a cosine, and say why neither a large nor a small one would have done;
- bound a gradient without turning it;
- train with a batch that does not fit into memory, and get exactly what it would have given;
- stop a run, go on tomorrow, and arrive at the same numbers.

**You need** modules 01 (`Tensor`), 03 (`Sequential`), 04 (losses), 05 (gradients) and 06 (optimizers).

**You build**

| part | what it does |
|---|---|
| `CosineSchedule` | tells the rate of each epoch |
| `clip_grad_norm` | shortens gradients that are too long, all together |
| `Trainer` | trains an epoch, evaluates, saves and loads |

**The way here and on**

```
 06 optimizers          07 training                               08 dataloader
 ┌──────────────┐       ┌─────────────────────────────────┐       ┌───────────────────┐
 │ one step for │ ────▶ │ an epoch: a step for each batch │ ◀──── │ batches: shuffled,│
 │ one gradient │       │ a run: an epoch after the other │       │ stacked, augmented│
 └──────────────┘       └─────────────────────────────────┘       └───────────────────┘
```

**Where it lives**: you write in `modules/07_training/` of your workspace, and `tito export 07` makes
`tinytorch/core/training.py` of it:

```python
from tinytorch.core.training import CosineSchedule, Trainer, clip_grad_norm
```

It is the first file of the package that brings others together, and nothing in `core` imports it: a loop knows about
models, no model knows about loops. So you can write another loop tomorrow and throw this one away.

**It depends on** NumPy, on `tinytorch.core.tensor` and, because without it `backward()` does nothing, on
`tinytorch.core.autograd`. The tests use layers, losses and optimizers. Where one of these cannot be imported, export
that module first: `tito export 06`, say. Where Python does not even find `tinytorch`, your workspace is not installed in
it: see *Install* in the README, and whether Jupyter uses that `.venv`.
"""

# %%
#| default_exp core.training

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import math

import numpy as np

import tinytorch.core.autograd
from tinytorch.core.tensor import Tensor

# The memories of optimizers that a checkpoint keeps, where an optimizer has them.
BUFFERS = ("momentum_buffers", "m_buffers", "v_buffers")

# %%
# For the tests alone, so these are not exported.
from pathlib import Path

from tinytorch.core.activations import Sigmoid, Tanh
from tinytorch.core.layers import Dropout, Linear, Sequential
from tinytorch.core.losses import BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss
from tinytorch.core.optimizers import SGD, Adam

# %% [markdown]
r"""
## The loop, and what is wrong with it

Everything below grows out of six lines:

```python
for epoch in range(epochs):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
```

They work, for a while. Here is what happens next, and what this lesson does about it:

| what happens | what helps |
|---|---|
| a large rate never settles, a small one never arrives | a schedule |
| one bad batch has a gradient a thousand times too long | clipping |
| the batch that would be best does not fit into memory | accumulation |
| the loss falls, and on new data it does not | evaluation, without dropout, on data that were kept apart |
| the machine stops after nine hours of ten | checkpoints |

## A schedule for the rate

Batches are random, so gradients are noisy. Take the simplest case: the loss ½ x², a gradient x + noise of deviation 1,
a start at x = 10 and 100 steps of SGD. The mean of x² follows a recurrence that needs no simulation,

$$E[x^2] \leftarrow (1 - \eta)^2\, E[x^2] + \eta^2$$

and this is the distance √E[x²] from the minimum that is left:

| rate η | distance after 100 steps | why |
|---|---|---|
| 0.01 | 3.661 | on its way: 0.99¹⁰⁰ = 0.37 of the distance is still there |
| 0.1 | 0.229 | arrived long ago, and shaken by the noise ever since |
| from 0.1 down to 0.01 | 0.121 | first it arrives, then it settles |

So the rate should be large first and small at the end. The *cosine schedule* is the usual way down, for it stays high
for a while, comes down smoothly, and lands flat:

$$\eta_e = \eta_{min} + (\eta_{max} - \eta_{min}) \cdot \frac{1 + \cos(\pi e / T)}{2}$$

```
 max 0.1  ┤●  ●  ●
          │         ●
          │           ●                      epoch e, of T = 100:
   0.055  ┤             ●                      0    25       50     75       99        100 and later
          │               ●                    0.1  0.08682  0.055  0.02318  0.010022  0.01
          │                 ●
 min 0.01 ┤                    ●  ●  ●────
          └┬─────┬─────┬─────┬─────┬────▶ e
           0    25    50    75    100
```

**The traps.** After T the cosine would rise again, so from there on the rate is the smallest. The angle is in
radians. And a schedule is a function of the epoch, with no memory: asked for epoch 50 twice, it says the same twice.
`math.cos` gives a Python number, which leaves float32 alone when it meets a Tensor's data; `np.cos` gives a float64,
which does not.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "schedule-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        if epoch >= self.total_epochs:
            return self.min_lr
        share = (1 + math.cos(math.pi * epoch / self.total_epochs)) / 2
        return self.min_lr + (self.max_lr - self.min_lr) * share
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The six rates of the picture, with the default settings; every epoch of a short schedule and some after its end; and
that epochs may be asked for in any order, again and again.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_scheduler", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_scheduler():
    """CosineSchedule begins at the largest rate, follows the cosine, and stays at the smallest."""
    schedule = CosineSchedule()
    table = {0: 0.1, 25: 0.08681981, 50: 0.055, 75: 0.02318019, 99: 0.01002220, 100: 0.01, 101: 0.01, 150: 0.01}
    for epoch, wanted in table.items():
        got = schedule.get_lr(epoch)
        assert abs(got - wanted) <= 1e-5 * wanted, f"with default settings, epoch {epoch} has {wanted}, got {got}"
    again = schedule.get_lr(25)
    assert abs(again - 0.08681981) <= 1e-6, f"epoch 25, asked for again, has 0.08682, got {again}"

    short = CosineSchedule(max_lr=3.0, min_lr=1.0, total_epochs=4)
    for epoch, wanted in enumerate((3.0, 2 + math.sqrt(0.5), 2.0, 2 - math.sqrt(0.5), 1.0, 1.0, 1.0)):
        got = short.get_lr(epoch)
        assert abs(got - wanted) <= 1e-6 * wanted, f"from 3 to 1 in 4 epochs: epoch {epoch} has {wanted}, got {got}"
    print("scheduler: passed")


if __name__ == "__main__":
    test_unit_scheduler()

# %% [markdown]
r"""
## Clipping

A gradient is a local truth. Where the loss falls off a cliff it may be a thousand times longer than usual, and a step
along it throws the weights to where nothing is known. One such batch in a thousand is enough: with lr = 0.1, weights
of size 1 and a usual gradient of length 1, the step is usually 0.1, and that once 100.

The cure is a bound on the length. All gradients of the model count as *one* vector, so that its direction stays as it
is:

$$N = \sqrt{\sum_{p} \sum_{i} g_{p,i}^2} \qquad\text{and, where } N > N_{max}:\qquad g \leftarrow g \cdot \frac{N_{max}}{N}$$

```
 two parameters, gradients (3, 4) and (6, 8), max_norm = 1

 squares   9 + 16   +   36 + 64   =  125        N = √125 = 11.1803          (returned)
 scaled    (0.2683, 0.3578)  (0.5367, 0.7155)    length 1, same direction

 (0.1, 0.2):  N = 0.2236 < 1, so nothing happens; the result is 0.2236
```

| | gradients | direction |
|---|---|---|
| one norm over all (ours) | (0.27, 0.36), (0.54, 0.72) | as before |
| a norm for each parameter | (0.6, 0.8), (0.6, 0.8) | turned: the second was twice the first |
| each number cut off at 1 | (1, 1), (1, 1) | turned further: 3 : 4 : 6 : 8 is lost |

**What it returns** is the norm as it was *before*, a Python float: the one number that tells whether training is
healthy. Print it now and then. A bound that acts in every step is a rate in disguise; one that acts in one step of a
hundred is a seat belt.

**The traps.**

- Parameters without a gradient are skipped, and without parameters the norm is 0.
- Squares overflow: in float32, 3·10²⁰ squared is inf, and the gradient that is to be tamed becomes 0. Sum the squares
  in float64.
- PyTorch divides by N + 10⁻⁶. We do not; the difference is in the seventh digit.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "clip-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    trained = [p for p in parameters if p.grad is not None]
    norm = math.sqrt(sum(float(np.sum(p.grad.data.astype(np.float64) ** 2)) for p in trained))
    if norm > max_norm:
        for p in trained:
            p.grad = p.grad * (max_norm / norm)
    return norm
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The example above, with the norm that is returned and both gradients number by number; other bounds; gradients that are
short enough and must not change in any digit; parameters without a gradient, and none at all; a gradient whose squares
overflow float32. Parameters themselves keep their numbers.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_clipping", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_clipping():
    """clip_grad_norm scales all gradients by one factor where they are too long, and returns their norm from before."""
    cases = (
        ([[3.0, 4.0], [6.0, 8.0]], 1.0, 11.18034, [[0.2683282, 0.3577709], [0.5366563, 0.7155418]]),
        ([[3.0, 4.0], [6.0, 8.0]], 5.0, 11.18034, [[1.341641, 1.788854], [2.683282, 3.577709]]),
        ([[3.0, -4.0], None], 2.5, 5.0, [[1.5, -2.0], None]),
        ([[[1.0, -1.0], [1.0, -1.0]]], 1.0, 2.0, [[[0.5, -0.5], [0.5, -0.5]]]),
        ([[3e20, 4e20]], 1.0, 5e20, [[0.6, 0.8]]),
        ([[0.1, 0.2]], 1.0, 0.2236068, [[0.1, 0.2]]),
        ([[3.0, 4.0]], 20.0, 5.0, [[3.0, 4.0]]),
        ([[3.0, 4.0]], 5.0, 5.0, [[3.0, 4.0]]),
        ([[0.0, 0.0]], 1.0, 0.0, [[0.0, 0.0]]),
        ([None, None], 1.0, 0.0, [None, None]),
    )
    for gradients, bound, norm, expected in cases:
        params = [Tensor([[7.0, 8.0], [9.0, 6.0]], requires_grad=True) for _ in gradients]
        for p, gradient in zip(params, gradients, strict=True):
            p.grad = None if gradient is None else Tensor(gradient)
        got = clip_grad_norm(params, max_norm=bound)
        assert isinstance(got, float), f"clip_grad_norm returns a float, not {type(got).__name__}"
        assert np.allclose([got], [norm], rtol=1e-6, atol=0), f"the norm of {gradients} is {norm}, got {got}"
        for p, wanted in zip(params, expected, strict=True):
            assert np.array_equal(p.data, [[7, 8], [9, 6]]), f"clipping changes no parameter, got {p.data}"
            if wanted is None:
                assert p.grad is None, f"a missing gradient stays missing, got {p.grad}"
                continue
            result, text = p.grad.data, f"{gradients} with max_norm={bound} becomes {expected}"
            assert result.shape == np.shape(wanted), f"clipping keeps shapes, got {result.shape}"
            assert np.allclose(result, wanted, rtol=1e-5, atol=0), f"{text}, got {result}"
            assert result.dtype == np.float32, f"clipping keeps float32, got {result.dtype}"

    p = Tensor([0.0, 0.0], requires_grad=True)
    p.grad = Tensor([3.0, 4.0])
    clip_grad_norm([p])
    assert np.allclose(p.grad.data, [0.6, 0.8], rtol=1e-5, atol=0), f"max_norm is 1 by default: [0.6, 0.8], got {p.grad.data}"
    short = np.array([0.1, 0.7], np.float32)
    p.grad = Tensor(short)
    clip_grad_norm([p])
    kept = p.grad.data
    assert np.array_equal(kept, np.array([0.1, 0.7], np.float32)), f"what is short enough keeps every digit, got {kept}"
    nothing = clip_grad_norm([])
    assert isinstance(nothing, float), f"without parameters, clip_grad_norm returns a float, not {type(nothing).__name__}"
    assert nothing == 0.0, f"without parameters the norm is 0.0, got {nothing}"
    print("clipping: passed")


if __name__ == "__main__":
    test_unit_clipping()

# %% [markdown]
r"""
## The trainer

`Trainer` holds what a run consists of, and counts:

| attribute | what it is |
|---|---|
| `model`, `optimizer`, `loss_fn` | what is trained, by what, for what |
| `scheduler` | None, or something with `get_lr(epoch)` |
| `grad_clip_norm` | None, or the bound for clipping |
| `epoch` | how many epochs have been trained |
| `step` | how many times the optimizer has stepped |
| `history` | three lists, `"train_loss"`, `"eval_loss"` and `"learning_rates"` |

### One epoch

```
 scheduler.get_lr(epoch) ──▶ optimizer.lr          first, so that epoch 0 has the rate of epoch 0
 zero_grad                                         whatever was left over

 batch 1 ─▶ model(x, training=True) ─▶ loss ─▶ backward ┐
 batch 2 ─▶ model(x, training=True) ─▶ loss ─▶ backward ┴▶ average ─▶ clip ─▶ step ─▶ zero_grad     step 1
 batch 3 ─▶ …                                           ┐
 batch 4 ─▶ …                                           ┴▶ average ─▶ clip ─▶ step ─▶ zero_grad     step 2
 batch 5 ─▶ …                                            ▶ average ─▶ clip ─▶ step ─▶ zero_grad     step 3: what is left
                                                   here with accumulation_steps = 2
 epoch + 1, history
```

**Whether it trains** is told to the model in the call, `training=True`. `Sequential` hands that on to its dropouts. A
model that is a single layer is put into a `Sequential`, so that it can be called like that.

**Accumulation.** Gradients add up until `zero_grad`. That is a nuisance in general and a gift here: the gradient of a
large batch is made of those of its parts, and only one part needs to be in memory at a time. But it is their *average*,
not their sum. Let the model be y = w x with w = 0, the data x = y = 1, 2, 3, 4, the loss the mean of (w x − y)², whose
gradient is −2 · mean(x²):

| how the four examples come | gradients of the parts | sum | average | weighed by size |
|---|---|---|---|---|
| one batch | −15 | −15 | −15 | −15 |
| 1, 2 and 3, 4 | −5, −25 | −30 | −15 | −15 |
| 1, 2, 3 and 4 | −9.33, −32 | −41.33 | −20.67 | −15 |

The sum is twice too long: whoever halves the batch to save memory has doubled the rate without noticing. The average
is right as long as all parts have one size, and the last batch of an epoch usually has not. So weigh each part by the
number n of its examples: call `backward` on n · loss, and divide the gradients by the sum of the n before the step.
Then it makes no difference at all how a batch was cut up.

The same rule makes a true mean of the losses, for `train_epoch` to return and to note: Σ n · loss / Σ n, over all
examples of the epoch. (It is a little out of date, for the weights have changed while it was collected.)

**The order** is average, clip, step. Clipped before it is averaged, each part would be bent on its own.

**The rest of the batches**, when their number is no multiple of `accumulation_steps`, makes a step of its own. It is a
step like any other, averaged over the examples that it has, and counted.

### Evaluation

| | `train_epoch` | `evaluate` |
|---|---|---|
| `training` | True: dropouts drop | False: they do not |
| gradients | made and used up | none are made |
| parameters | change | stay |
| result | loss | loss and accuracy |
| history | train_loss, learning_rates | eval_loss |

The loss is the mean over all *examples* once more: a last batch of one must not count as much as one of 64.

**Accuracy** is the share of examples that were guessed right, between 0 and 1. What the guess is depends on the form of
the outputs:

```
 (n, C), C > 1   scores of C classes        the largest one: argmax        targets: class numbers, (n,)
 (n, 1)          probability of a yes       yes where it is above ½        targets: 0 or 1, (n, 1)
```

The second line is easily forgotten, and then something absurd happens: the argmax over a single column is 0 for every
row, so that every guess is "no", and where the targets are sent through the same argmax, all of them are right.
100 %, untrained. Mind the shapes as well: (n,) == (n, 1) compares every guess with every answer, n² times.

### Saving and going on

A checkpoint holds all that the next step depends on:

| what | else |
|---|---|
| every parameter | there is nothing to go on with |
| the optimizer's buffers: velocities, or m and v | the path bends at the restart |
| its `step_count` | Adam corrects its averages for the wrong age |
| `epoch` | the schedule begins anew |
| `step`, `history`, the rate | the log has a hole |

How much buffers matter: SGD with momentum 0.9 and lr = 0.1 on ½ x², from 5. After five steps x = −0.1458, with a
velocity of 12.8. The sixth step leads to −1.2830 with it, and to −0.1312 without.

The file is NumPy's `.npz`, a zip of arrays. The alternative, `pickle`, is shorter to write and a door for anybody who
can send you a file: unpickling runs code. `np.load` refuses pickles unless it is told otherwise; leave it at that.

One more thing: `np.savez("run", …)` writes a file called `run.npz`, and `np.load("run")` then finds nothing. Given an
open file instead of a name, it writes just there.

```
 parameter_0, parameter_1, …           model.parameters(), in order
 momentum_buffers_0, m_buffers_0, …    those that are not None
 epoch, step, step_count, lr           single numbers
 train_loss, eval_loss, learning_rates the history
```

Loading into a model of another shape is refused with a ValueError. It is checked before anything has changed.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "trainer-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        for p in self.optimizer.params:
            if p.grad is not None:
                p.grad = p.grad / examples
        if self.grad_clip_norm is not None:
            clip_grad_norm(self.optimizer.params, self.grad_clip_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        ### END SOLUTION

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
        ### BEGIN SOLUTION
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
        ### END SOLUTION

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
        ### BEGIN SOLUTION
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
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        arrays = {f"parameter_{i}": p.data for i, p in enumerate(self.model.parameters())}
        for name in BUFFERS:
            for i, buffer in enumerate(getattr(self.optimizer, name, [])):
                if buffer is not None:
                    arrays[f"{name}_{i}"] = buffer
        counts = {"epoch": self.epoch, "step": self.step, "step_count": self.optimizer.step_count}
        with open(path, "wb") as file:  # noqa: PTH123
            np.savez(file, lr=self.optimizer.lr, **counts, **self.history, **arrays)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
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
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

A linear model with weights of the test's own is trained on seven examples, while the test computes losses, gradients,
averages, clipping and steps itself, in float64: in batches of 3, 3 and 1; with accumulation over two and three
batches, with a rest; with a schedule of its own; with a bound on the norm. After each epoch it compares the loss, all
weights, the counts and the history. Gradients that lie around before the epoch must not matter.

Evaluation is compared with numbers for classes, for probabilities, and for a network with a dropout that would make
itself felt. It must leave parameters and gradients alone.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_trainer", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def line(weight, bias):
    """Return a linear model of these weights."""
    layer = Linear(*np.shape(weight))
    layer.weight, layer.bias = Tensor(weight, requires_grad=True), Tensor(bias, requires_grad=True)
    return layer


def batches(x, y, sizes):
    """Cut examples into batches of these sizes."""
    ends = np.cumsum(sizes)
    return [(Tensor(x[end - size : end]), Tensor(y[end - size : end])) for end, size in zip(ends, sizes, strict=True)]


def slope(x, y, weight, bias):
    """Return the mean squared error of a linear model, and its gradients."""
    error = x @ weight + bias - y
    return np.mean(error**2), 2 * x.T @ error / error.size, 2 * error.sum(axis=0) / error.size


def points():
    """Return seven examples, and the weights to begin with."""
    random = np.random.default_rng(1)
    x = random.normal(size=(7, 2))
    return x, x @ np.array([[2.0], [-1.0]]) + 0.5 + random.normal(size=(7, 1)), np.array([[0.3], [0.2]]), np.array([0.1])


def test_unit_train_epoch():
    """train_epoch averages over examples, clips, steps once a group of batches, and keeps the count."""
    class Rates:
        def get_lr(self, epoch):
            return (0.2, 0.1, 0.3)[epoch]

    cases = (
        ((7,), 1, None, [0.05, 0.05, 0.05]),
        ((3, 3, 1), 1, None, [0.05, 0.05, 0.05]),
        ((2, 2, 2, 1), 2, None, [0.05, 0.05, 0.05]),
        ((2, 2, 2, 1), 3, None, [0.2, 0.1, 0.3]),
        ((1, 2, 3, 1), 2, 0.5, [0.2, 0.1, 0.3]),
        ((4, 3), 5, 0.5, [0.05, 0.05, 0.05]),
    )
    for sizes, group, bound, rates in cases:
        x, y, weight, bias = points()
        layer = line(weight, bias)
        scheduler = Rates() if rates[0] == 0.2 else None
        trainer = Trainer(Sequential(layer), SGD(layer.parameters(), lr=0.05), MSELoss(), scheduler, bound)
        layer.weight.grad, layer.bias.grad = Tensor([[9.0], [9.0]]), Tensor([9.0])
        data, losses, steps = batches(x, y, sizes), [], 0
        text = f"batches of {sizes}, accumulation_steps={group}, grad_clip_norm={bound}"
        for epoch, rate in enumerate(rates):
            total, ends = 0.0, np.cumsum(sizes)
            for first in range(0, len(sizes), group):
                part = slice(ends[first] - sizes[first], ends[min(first + group, len(sizes)) - 1])
                loss, by_weight, by_bias = slope(x[part], y[part], weight, bias)
                norm = np.sqrt(np.sum(by_weight**2) + np.sum(by_bias**2))
                scale = rate if bound is None else rate * min(1, bound / norm)
                total += loss * len(x[part])
                weight, bias, steps = weight - scale * by_weight, bias - scale * by_bias, steps + 1
            losses.append(total / 7)
            got = trainer.train_epoch(data, accumulation_steps=group) if group > 1 else trainer.train_epoch(data)
            assert np.allclose([got], [total / 7], rtol=1e-4, atol=1e-6), f"{text}: the loss of epoch {epoch} is {total / 7}, got {got}"
            for name, wanted, result in (("weight", weight, layer.weight.data), ("bias", bias, layer.bias.data)):
                assert result.shape == wanted.shape, f"the {name} keeps its shape {wanted.shape}, got {result.shape}"
                close = np.allclose(result, wanted, rtol=1e-4, atol=1e-5)
                assert close, f"{text}: after epoch {epoch} the {name} is {wanted}, got {result}"
            assert trainer.epoch == epoch + 1, f"{epoch + 1} epochs have been trained, got {trainer.epoch}"
            assert trainer.step == steps, f"{text}: {steps} steps have been taken, got {trainer.step}"
        history = trainer.history
        for name, wanted in (("train_loss", losses), ("learning_rates", rates), ("eval_loss", [])):
            assert len(history[name]) == len(wanted), f"history[{name!r}] has {len(wanted)} entries, got {history[name]}"
            close = np.allclose(history[name], wanted, rtol=1e-4, atol=1e-6)
            assert close, f"{text}: history[{name!r}] is {wanted}, got {history[name]}"
    for empty in ("train_epoch", "evaluate"):
        try:
            getattr(trainer, empty)([])
        except ValueError:
            continue
        raise AssertionError(f"{empty} of no batches at all must raise ValueError")
    print("train_epoch: passed")


def test_unit_evaluate():
    """evaluate gives the mean loss and the share of right guesses over all examples, and changes nothing."""
    scores = np.array([[2.0, 1, 0], [0, 3, 1], [1, 0, 0], [0, 0, 4], [5, 1, 1]])
    classes = np.array([0, 1, 2, 2, 1])
    layer = line(np.eye(3), np.zeros(3))
    trainer = Trainer(Sequential(layer), SGD(layer.parameters()), CrossEntropyLoss())
    wanted = float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(5), classes]))
    loss, accuracy = trainer.evaluate(batches(scores, classes, (4, 1)))
    assert np.allclose([loss], [wanted], rtol=1e-5, atol=0), f"batches of 4 and 1: the mean loss is {wanted}, got {loss}"
    assert np.allclose([accuracy], [0.6], rtol=1e-6, atol=0), f"3 of 5 classes are right: 0.6, got {accuracy}"
    history = trainer.history["eval_loss"]
    assert len(history) == 1, f"history['eval_loss'] has an entry for each evaluation, got {history}"
    assert np.allclose(history, [wanted], rtol=1e-5, atol=0), f"history['eval_loss'] is [{wanted}], got {history}"
    assert np.array_equal(layer.weight.data, np.eye(3)), f"evaluate changes no parameter, got {layer.weight.data}"
    assert layer.weight.grad is None, f"evaluate makes no gradients, got {layer.weight.grad}"
    assert trainer.epoch == 0, f"evaluate trains no epoch, got {trainer.epoch}"
    assert trainer.history["train_loss"] == [], f"evaluate trains nothing, got {trainer.history['train_loss']}"

    odds = np.array([[2.0], [-1.0], [0.4], [-3.0]])
    answers = np.array([[1.0], [0.0], [0.0], [1.0]])
    probabilities = 1 / (1 + np.exp(-odds))
    wanted = float(-np.mean(answers * np.log(probabilities) + (1 - answers) * np.log(1 - probabilities)))
    layer = line([[1.0]], [0.0])
    trainer = Trainer(Sequential(layer, Sigmoid()), SGD(layer.parameters()), BinaryCrossEntropyLoss())
    loss, accuracy = trainer.evaluate(batches(odds, answers, (4,)))
    assert np.allclose([loss], [wanted], rtol=1e-5, atol=0), f"probabilities of a yes: the mean loss is {wanted}, got {loss}"
    assert np.allclose([accuracy], [0.5], rtol=1e-6, atol=0), f"2 of 4 answers are right: 0.5, got {accuracy}"
    _, accuracy = trainer.evaluate(batches(odds, 1 - answers, (3, 1)))
    assert np.allclose([accuracy], [0.5], rtol=1e-6, atol=0), f"with the answers turned round it is 0.5, got {accuracy}"
    _, accuracy = trainer.evaluate(batches(odds, probabilities > 0.5, (2, 2)))
    assert np.allclose([accuracy], [1.0], rtol=1e-6, atol=0), f"where all answers are right, it is 1, got {accuracy}"

    layer = line([[1.0]], [3.0])
    trainer = Trainer(Sequential(Dropout(1.0), layer), SGD(layer.parameters(), lr=0.0), MSELoss())
    data = batches(np.array([[2.0], [4.0]]), np.array([[0.0], [0.0]]), (2,))
    loss, _ = trainer.evaluate(data)
    assert np.allclose([loss], [37.0], rtol=1e-5, atol=0), f"without dropout the outputs are 5 and 7, the loss is 37, got {loss}"
    loss = trainer.train_epoch(data)
    assert np.allclose([loss], [9.0], rtol=1e-5, atol=0), f"Dropout(1.0) leaves the bias of 3 while training, the loss is 9, got {loss}"
    print("evaluate: passed")


if __name__ == "__main__":
    test_unit_train_epoch()
    test_unit_evaluate()

# %% [markdown]
"""
## Putting them together

The last test trains a network of two layers with Adam, a cosine schedule, clipping and accumulation until its loss on
data that it has not seen has fallen. Then it interrupts runs: a trainer saves after two epochs and goes on; another
one, made anew with other weights, loads the file and goes on as well. Both must arrive at the same weights, and these
must be those of a run that was never interrupted, which the test computes by itself, for SGD with momentum and for
Adam. The schedule must go on where it was, and so must the history. A file of another model is refused, and leaves
everything as it was.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def paths(optimizer, epochs):
    """Return the weights, bias and mean loss of a run with batches of 4 and 3, epoch by epoch, computed in float64."""
    x, y, weight, bias = points()
    first, second, found, step = [0, 0], [0, 0], [], 0
    for epoch in range(epochs):
        rate, total = 0.01 + 0.09 * (1 + math.cos(math.pi * epoch / 6)) / 2, 0
        for part in (slice(0, 4), slice(4, 7)):
            step += 1
            loss, *gradients = slope(x[part], y[part], weight, bias)
            total += loss * len(x[part])
            changes = []
            for place, gradient in enumerate(gradients):
                if optimizer == "momentum":
                    first[place] = 0.9 * first[place] + gradient
                    changes.append(first[place])
                else:
                    first[place] = 0.9 * first[place] + 0.1 * gradient
                    second[place] = 0.999 * second[place] + 0.001 * gradient**2
                    root = np.sqrt(second[place] / (1 - 0.999**step))
                    changes.append(first[place] / (1 - 0.9**step) / (root + 1e-8))
            weight, bias = weight - rate * changes[0], bias - rate * changes[1]
        found.append((weight, bias, total / 7))
    return found


def run(optimizer, weight, bias):
    """Return a layer and a trainer of it that follows a cosine from 0.1 to 0.01 in six epochs."""
    layer = line(weight, bias)
    kinds = {"momentum": lambda: SGD(layer.parameters(), momentum=0.9), "adam": lambda: Adam(layer.parameters())}
    return layer, Trainer(Sequential(layer), kinds[optimizer](), MSELoss(), CosineSchedule(0.1, 0.01, 6))


def test_unit_checkpoint():
    """A run that is saved and loaded arrives where one arrives that was never interrupted."""
    x, y, weight, bias = points()
    data = batches(x, y, (4, 3))
    for name in ("momentum", "adam"):
        expected = paths(name, 5)
        _, saved = run(name, weight, bias)
        layer, loaded = run(name, [[7.0], [8.0]], [9.0])
        for _ in range(3):
            saved.train_epoch(data)
        saved.evaluate(batches(x, y, (7,)))
        saved.save_checkpoint("checkpoint")
        loaded.train_epoch(data)
        loaded.load_checkpoint("checkpoint")
        Path("checkpoint").unlink(missing_ok=True)
        assert loaded.epoch == 3, f"{name}: 3 epochs have been trained before saving, got {loaded.epoch}"
        assert loaded.step == 6, f"{name}: 6 steps have been taken before saving, got {loaded.step}"
        for epoch in (3, 4, 5):
            if epoch > 3:
                loaded.train_epoch(data)
            for part, wanted, got in zip(("weight", "bias"), expected[epoch - 1], (layer.weight.data, layer.bias.data), strict=False):
                assert got.shape == wanted.shape, f"the {part} keeps its shape {wanted.shape}, got {got.shape}"
                close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
                assert close, f"{name}, loaded after 3 epochs: after {epoch} the {part} is {wanted}, got {got}"
        rates = [0.01 + 0.09 * (1 + math.cos(math.pi * epoch / 6)) / 2 for epoch in range(5)]
        third = float(np.mean((x @ expected[2][0] + expected[2][1] - y) ** 2))
        wanted = {"train_loss": [loss for *_, loss in expected], "learning_rates": rates, "eval_loss": [third]}
        for key, numbers in wanted.items():
            got = loaded.history[key]
            assert len(got) == len(numbers), f"{name}: history[{key!r}] has {len(numbers)} entries after 5 epochs, got {got}"
            assert np.allclose(got, numbers, rtol=1e-4, atol=1e-6), f"{name}: history[{key!r}] is {numbers}, got {got}"
        assert loaded.optimizer.step_count == 10, f"{name}: step_count goes on to 10, got {loaded.optimizer.step_count}"
    print("checkpoint: passed")


def test_unit_checkpoint_of_another_model():
    """A checkpoint without buffers resets them, and one of another model is refused before anything has changed."""
    x, y, weight, bias = points()
    data, expected = batches(x, y, (4, 3)), paths("momentum", 1)[0]
    layer, trainer = run("momentum", weight, bias)
    trainer.save_checkpoint("fresh")
    trainer.train_epoch(data)
    trainer.train_epoch(data)
    trainer.load_checkpoint("fresh")
    Path("fresh").unlink(missing_ok=True)
    trainer.train_epoch(data)
    for part, wanted, got in zip(("weight", "bias"), expected, (layer.weight.data, layer.bias.data), strict=False):
        assert got.shape == wanted.shape, f"the {part} keeps its shape {wanted.shape}, got {got.shape}"
        close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
        assert close, f"a fresh run, saved and loaded, has no velocity: the {part} is {wanted} after an epoch, got {got}"

    trainer.save_checkpoint("line")
    body, head = line([[1.0], [2.0]], [3.0]), line([[4.0]], [5.0])
    others = {"more layers": [body, head], "another width": [line([[1.0]], [2.0])], "no layers": []}
    for text, layers in others.items():
        before = [np.array(p.data) for layer in layers for p in layer.parameters()]
        other = Trainer(Sequential(*layers), SGD([p for layer in layers for p in layer.parameters()]), MSELoss())
        try:
            other.load_checkpoint("line")
        except ValueError:
            after = [p.data for layer in layers for p in layer.parameters()]
            for one, two in zip(before, after, strict=True):
                assert np.array_equal(one, two), f"a refused checkpoint changes nothing: {one}, got {two}"
            continue
        raise AssertionError(f"the checkpoint of a model of one layer, for one with {text}, must raise ValueError")
    Path("line").unlink(missing_ok=True)
    print("checkpoint of another model: passed")


def test_module():
    """A network is trained with all parts, and its loss falls on data that it has not seen."""
    test_unit_scheduler()
    test_unit_clipping()
    test_unit_train_epoch()
    test_unit_evaluate()
    test_unit_checkpoint()
    test_unit_checkpoint_of_another_model()

    random = np.random.default_rng(5)
    x = random.uniform(-1, 1, size=(96, 2))
    inside = (np.sum(x**2, axis=1) < 0.5).astype(float)
    layers = [Linear(2, 12), Linear(12, 2)]
    for layer, shape in zip(layers, ((2, 12), (12, 2)), strict=True):
        layer.weight = Tensor(random.normal(size=shape), requires_grad=True)
        layer.bias = Tensor(random.normal(size=shape[1]), requires_grad=True)
    model = Sequential(layers[0], Tanh(), layers[1])
    trainer = Trainer(model, Adam(model.parameters()), CrossEntropyLoss(), CosineSchedule(0.1, 0.001, 30), 5.0)
    train, test = batches(x[:64], inside[:64], (16,) * 4), batches(x[64:], inside[64:], (32,))
    for _ in range(30):
        trainer.train_epoch(train, accumulation_steps=2)
    predicted = model(Tensor(x[64:]), training=False).data.astype(np.float64)
    assert predicted.shape == (32, 2), f"the network gives shape (32, 2), got {predicted.shape}"
    right = float(np.mean(predicted.argmax(axis=1) == inside[64:]))
    assert right >= 0.8, f"30 epochs teach a network the disc, 80 % of new points are right, got {right:.0%}"
    _, accuracy = trainer.evaluate(test)
    assert np.allclose([accuracy], [right], rtol=0, atol=1e-6), f"evaluate finds the accuracy of {right}, got {accuracy}"
    print("all of module 07: passed")


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## The skeleton

Every run looks like this, whatever the model is. Only the first four lines change:

```python
model = Sequential(Linear(64, 32), ReLU(), Dropout(0.2), Linear(32, 10))
optimizer = Adam(model.parameters())
trainer = Trainer(model, optimizer, CrossEntropyLoss(), CosineSchedule(0.003, 0.0001, epochs), grad_clip_norm=1.0)
train, held_out = ...                                  # module 08

best = None
while trainer.epoch < epochs:                          # goes on where a loaded run stopped
    trainer.train_epoch(train)
    loss, accuracy = trainer.evaluate(held_out)
    if best is None or loss < best:
        best = loss
        trainer.save_checkpoint("best.npz")
```

## Side by side

| | when it acts | what it changes | without it |
|---|---|---|---|
| schedule | before each epoch | the rate of all steps in it | shaken for ever, or never there |
| accumulation | between batches | when a step is taken | batches as large as memory, no larger |
| clipping | before a step, if at all | the length of one gradient | one bad batch ends the run |
| evaluation | after an epoch | nothing | you do not know |
| checkpoint | after an epoch | nothing | the run is as long as the machine is on |

## Which to choose

| use | for example | because | not where |
|---|---|---|---|
| a constant rate | a first try of ten epochs | there is one number less to choose | the last per cent counts |
| a cosine to 1/10 or 1/100 of the rate | nearly every run of a known length | it needs no tuning but its two ends | you do not know when you will stop |
| clipping at 1 | transformers, recurrent networks | their gradients have rare peaks | it acts in each step: lower the rate instead |
| accumulation | a model that fills the memory by itself | the large batch for the price of time | the batch fits: it only costs time then |
| evaluation in each epoch | all runs | overfitting shows as it begins | the held-out data are large: every tenth epoch |

**Three pipelines**

```
 classifier      digits ─▶ batches of 64 ─▶ Sequential ─▶ cross-entropy ─▶ Adam, cosine 0.003 → 0.0001
 spam filter     counts of words ─▶ Linear(…, 1), Sigmoid ─▶ binary cross-entropy ─▶ SGD, accuracy of one column
 language model  batches of 8 · accumulation 32 = 256 ─▶ transformer ─▶ clip at 1 ─▶ AdamW, checkpoint every hour
```

## In production

PyTorch has no trainer; PyTorch Lightning, Hugging Face's `Trainer` and Keras's `fit` are what yours is, with some
hundred options more. Three things they add are worth knowing. *Warm-up* lets the rate rise for the first steps, before
the cosine takes it down, for Adam's averages are young then. *Mixed precision* computes in 16 bits and keeps weights in
32; gradients are scaled up to survive, and clipping must come after they are scaled back. *Distributed training* gives
each of k machines a part of the batch and averages the gradients, which is your accumulation with machines in place of
time, and has the same trap of unequal parts.

Checkpoints are written under another name and then renamed, so that a crash while saving leaves the old one whole; and
PyTorch, which pickled for years, has turned to loading weights only, for the reason given above.

## Pitfalls, and how to see them

- **`training` forgotten in evaluation.** Results differ from call to call. *To see it*: evaluate twice; both losses must
  be equal to the last digit.
- **The schedule after the epoch.** Epoch 0 runs at the optimizer's own rate, and every later one a step late. *To see
  it*: `history["learning_rates"][0]` is not `max_lr`.
- **Accumulation that sums.** Twice the accumulation acts like twice the rate. *To see it*: one step with batches (4,)
  and one with (2, 2) and `accumulation_steps=2`, from the same weights. The results must agree.
- **A generator for a data loader.** It can be gone through once. The second epoch would have no batch, and a mean loss
  of 0/0; that is why we refuse it. *To see it*: `len(list(loader))`, twice.
- **An accuracy of 100 % at once.** Too good to be true is a symptom. *To see it*: evaluate an untrained model. With C
  balanced classes it should be about 1/C.
- **Accuracy of numbers.** For a regression the second value of `evaluate` means nothing. Look at the loss alone.
- **Training on what you measure.** Choosing the best of fifty runs by their held-out loss is training on it, slowly. *To
  see it*: keep a third part of the data, and look at it once.
- **A checkpoint of the weights alone.** *To see it*: `step_count` is 0 after loading, and the loss takes a jump.

## What it costs

| | arithmetic | memory |
|---|---|---|
| forward, for a model of n weights and a batch of b | about 2 n b | the batch's intermediate results |
| backward | about twice that | a gradient for each weight |
| clipping | 2 n, or 3 n where it acts | nothing that stays |
| accumulation over k batches | k times forward and backward, one step | that of one batch, not of k |
| evaluation | forward alone, a third of training for the same data | as forward |
| checkpoint | none | on disk: 4 n bytes, 8 n with momentum, 12 n with Adam |

A run of 10 epochs over 60,000 examples in batches of 64 takes 938 steps an epoch (937 full batches and one of 32) and
9,380 steps in all; with `accumulation_steps=4` it is 235 an epoch, the last of them with two batches. Adam's checkpoint
of the network with 101,770 weights from module 06 is 1.2 MB.

Our evaluation records a graph that nobody walks, because autograd cannot be told to look away. It is dropped with the
batch, so that it costs memory for one batch only.

## Look ahead

- **08 dataloader** makes the batches that `train_epoch` goes through, in a new order in every epoch.
- **09 spatial** has a BatchNorm whose behaviour depends on `training` just as Dropout's does.
- **13 transformers** are trained by this loop, with clipping and AdamW.
- **16 compression** trains a student on a teacher's outputs: another loss, the same loop.
- **19 benchmarking** measures what `evaluate` cannot: time, memory, and how sure one may be.

## To think about

1. A run is to last 100 epochs, and after 60 you see that it could use 200. What happens to a cosine schedule if you
   change `total_epochs` now? What would you do instead?
2. Dropout and shuffling draw random numbers, and a checkpoint does not hold the generator's state. Which of this
   lesson's promises about going on does that break, and what would you have to save?
3. Why does clipping by one norm over all parameters let a single exploding layer slow down all others? Is that good?

## Summary

An epoch is a rate, a walk through the batches, and a note in the log. Weigh by examples, average before you clip, clip
before you step; evaluate without dropout, without gradients, on data that were kept apart; save all that the next step
depends on. None of it is difficult, and each of it has cost somebody a week.

When all tests pass, close the module:

```
tito module complete 07
```

Module 08 brings the data.
"""
