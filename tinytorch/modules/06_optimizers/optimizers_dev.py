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
# 06 · Optimizers

Autograd tells for each weight which way is downhill. It does not say how far to go. An optimizer decides that, and
the decision is worth a lot: on one and the same valley below, a good one arrives in 83 steps where a plain one takes
424. This lesson builds the four that nearly everything is trained with.

**When you are done, you can**

- write the update of SGD, with momentum and weight decay, and say what each of its three terms is for;
- explain why Adam's first step has the same length whatever the gradient is, and correct the bias of its averages;
- tell weight decay (AdamW) from L2 regularization (Adam), in numbers;
- choose an optimizer and a rate for a new problem, and see from the loss which of them was wrong.

**You need** module 01 (`Tensor`, its `data` and `grad`). The last test trains networks, with modules 02 to 05.

**You build**

| class | what it does | remembers for each number |
|---|---|---|
| `Optimizer` | what all have in common: a list of parameters, `zero_grad`, a count of steps | nothing |
| `SGD` | a step along the gradient, with momentum if you like | nothing, or a velocity |
| `Adam` | a step whose length does not depend on the gradient's size | two averages |
| `AdamW` | Adam, with a decay that is kept apart from the gradient | two averages |

**The way here and on**

```
 05 autograd              06 optimizers             07 training
 ┌────────────────┐       ┌────────────────┐        ┌─────────────────────┐
 │ loss.backward()│ ────▶ │ optimizer.step │ ─────▶ │ epochs, a schedule, │
 │ fills p.grad   │  grad │ changes p.data │  lr    │ clipping, checkpoint│
 └────────────────┘       └────────────────┘        └─────────────────────┘
```

**Where it lives**: you write in `modules/06_optimizers/` of your workspace, and `tito export 06` makes
`tinytorch/core/optimizers.py` of it:

```python
from tinytorch.core.optimizers import SGD, Adam, AdamW
```

All four share a file because they share a base class, and because what uses them should be able to swap one for
another by changing one name.

**It depends on** NumPy and `tinytorch.core.tensor`, and for the last test on what modules 02 to 05 export. Where one of
these cannot be imported, export that module first: `tito export 05`, say. Where Python does not even find `tinytorch`,
it is a Python in which your workspace is not installed: its README has the line, under *Install*, and Jupyter has to use
the `.venv` that it makes.
"""

# %%
#| default_exp core.optimizers

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.tensor import Tensor

# %%
# For the last test alone, so these are not exported.
import tinytorch.core.autograd
from tinytorch.core.activations import Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import MSELoss

# %% [markdown]
r"""
## Why the gradient is not enough

Let the loss be f(x, y) = ½ (x² + 100 y²), a valley that is a hundred times as steep across as it is along. Nearly all
real losses look like that somewhere: some weights matter far more than others.

```
   y
   1 ┤ ●╲                             the gradient at ● = (10, 1) is (10, 100):
     │   ╲ ← the gradient points      it points at the other wall,
   0 ┤━━━━━━━━━━━━━━━━━━━━━━━━━━━◎      not along the floor to ◎ = (0, 0)
     │
  -1 ┤
     └──┬────────────────────────┬─▶ x
       10                        0
```

Each step of plain gradient descent, p ← p − lr · g, multiplies x by 1 − lr and y by 1 − 100 lr. For y to shrink, the
rate must stay below 0.02. But x, which needs large steps, has to live with the same rate. Count the steps from
(10, 1), where f is 100, until f is below 0.01:

| update | rate | steps | what happens |
|---|---|---|---|
| plain | 0.001 | more than 2,000 | safe, and asleep |
| plain | 0.01 | 424 | y is gone after one step; x crawls |
| plain | 0.019 | 223 | y jumps from wall to wall, x is twice as fast |
| plain | 0.021 | never | y grows by a tenth in every step |
| momentum 0.9 | 0.01 | 83 | a ball that rolls gathers speed along the floor |
| Adam | 0.3 | 83 | each direction gets a length of its own |

There are two cures. **Remember where you came from**: steps that agree add up, steps that contradict each other
cancel. That is momentum. **Measure each direction by its own scale**: divide each gradient by the size that it usually
has. That is Adam, which does both.

## What all optimizers share

A training step is the same four lines whatever the optimizer is, and that is the point of giving them one interface:

```
 optimizer.zero_grad()             p.grad = None                  forget the last batch
 loss = loss_fn(model(x), y)       a graph is recorded
 loss.backward()                   p.grad = Tensor                which way is uphill
 optimizer.step()                  p.data changes                 go the other way
```

What is common to all is small:

| attribute or method | what it holds or does |
|---|---|
| `params` | the parameters themselves, not copies: a step changes what the model computes with |
| `step_count` | how many steps have been taken; 0 at first |
| `zero_grad()` | sets each parameter's `grad` to None |
| `step()` | raises NotImplementedError here; each optimizer brings its own |

A parameter with `requires_grad=False` would never get a gradient, and the optimizer would pass over it in silence for
a week. Better to say so at once: a ValueError.

**None or zeros?** PyTorch set gradients to zero for years, and now sets them to None, as we do. None says "no gradient
has arrived", which is something else than "the gradient is 0": the first means that the parameter took no part, and
leaves it alone. With momentum, the second moves it.

**The traps.** A list of copies, `[Tensor(p) for p in params]`, trains the copies. And a Tensor is not a list of
Tensors: `SGD(layer.weight)` goes through its rows, each of them a new Tensor, and trains these. Write
`SGD([layer.weight])`.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "optimizer-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Optimizer:
    """What every optimizer is: parameters, and a way to change them."""

    def __init__(self, params):
        """
        Keep the parameters.

        TODO: set params and step_count.

        APPROACH:
        1. Refuse with a ValueError where one of the parameters does not require a gradient.
        2. Keep a list of the parameters, the very same Tensors.
        3. No step has been taken yet.

        EXAMPLE:
        >>> optimizer = Optimizer([Tensor([1, 2], requires_grad=True)])
        >>> len(optimizer.params), optimizer.step_count
        (1, 0)

        HINT: look at all of them, not only at the first.
        """
        ### BEGIN SOLUTION
        self.params = list(params)
        if not all(p.requires_grad for p in self.params):
            raise ValueError("an optimizer changes Tensors with requires_grad=True alone")
        self.step_count = 0
        ### END SOLUTION

    def zero_grad(self):
        """
        Forget the gradients.

        TODO: set the grad of every parameter to None.

        EXAMPLE:
        >>> p = Tensor([1, 2], requires_grad=True)
        >>> p.grad = Tensor([3, 4])
        >>> Optimizer([p]).zero_grad()
        >>> p.grad is None
        True
        """
        ### BEGIN SOLUTION
        for p in self.params:
            p.grad = None
        ### END SOLUTION

    def step(self):
        """Change the parameters; every optimizer brings its own way. Given."""
        raise NotImplementedError(f"{type(self).__name__} has no step")

# %% [markdown]
"""
### What the test checks

Three parameters are kept as they are, in order; the count begins at 0; `zero_grad` leaves None in each and changes no
number; a parameter that requires no gradient is refused wherever it stands in the list; and `step` raises
NotImplementedError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-optimizer-base", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_optimizer_base():
    """Optimizer keeps trainable parameters, refuses others, and forgets gradients."""
    params = [Tensor([1.0, 2.0], requires_grad=True), Tensor([[3.0]], requires_grad=True), Tensor([4.0], requires_grad=True)]
    optimizer = Optimizer(params)
    assert len(optimizer.params) == 3, f"params holds all 3 parameters, got {len(optimizer.params)}"
    for place, p in enumerate(params):
        assert optimizer.params[place] is p, f"params[{place}] is the parameter itself, not a copy"
    assert optimizer.step_count == 0, f"step_count begins at 0, got {optimizer.step_count}"

    for p in params:
        p.grad = Tensor(np.ones(p.shape))
    optimizer.zero_grad()
    for p, values in zip(params, ([1, 2], [[3]], [4]), strict=True):
        assert p.grad is None, f"zero_grad sets every grad to None, got {p.grad}"
        assert p.data.tolist() == values, f"zero_grad changes no parameter: {values}, got {p.data.tolist()}"
    optimizer.zero_grad()
    assert params[0].grad is None, "zero_grad works where there is no gradient, too"

    for place in range(3):
        mixed = [Tensor([1.0], requires_grad=each != place) for each in range(3)]
        try:
            Optimizer(mixed)
        except ValueError:
            continue
        raise AssertionError(f"a parameter with requires_grad=False at place {place} must raise ValueError")
    try:
        optimizer.step()
    except NotImplementedError:
        pass
    else:
        raise AssertionError("Optimizer.step must raise NotImplementedError")
    print("optimizer base: passed")


if __name__ == "__main__":
    test_unit_optimizer_base()

# %% [markdown]
r"""
## SGD

*Stochastic gradient descent* is gradient descent on a random batch of the data in place of all of it. The update of
one parameter p with gradient g is

$$g \leftarrow g + \lambda\, p \qquad v \leftarrow \mu\, v + g \qquad p \leftarrow p - \eta\, v$$

with the rate η (`lr`), the momentum μ and the weight decay λ. All of it works element by element, on the whole array
at once. With μ = 0 there is no v: p ← p − η g.

```
  p.data ─────────────┬──────────────────────────────────┐
                      │ · λ                              ▼
  p.grad.data ──────▶ + ──▶ g ──▶ + ──▶ v ──▶ · lr ──▶  p − lr · v ──▶ p.data
                                  ▲     │
                                  └ · μ ┘  kept in momentum_buffers until the next step
```

**Weight decay** adds λp, the gradient of ½ λ p². So weights are drawn to 0 unless the data hold them, which keeps a
network from using large weights where small ones would do.

**Momentum** keeps a velocity for each number. Say a gradient of 1 comes again and again, and compare with one that
changes its sign every time, with μ = 0.9:

| step | 1 | 2 | 3 | 5 | 10 | 20 | 60 |
|---|---|---|---|---|---|---|---|
| v, for g = 1, 1, 1, … | 1 | 1.9 | 2.71 | 4.10 | 6.51 | 8.78 | 9.98 |
| v, for g = 1, −1, 1, … | 1 | −0.1 | 0.91 | 0.84 | −0.34 | −0.46 | −0.53 |

The first goes to 1 / (1 − μ) = 10: along the floor of the valley, momentum multiplies the rate by ten. The second
dies down to about a half: across the valley, the jumps nearly cancel.

**By hand**: p = [1, 2], g = [0.1, 0.2] in each step, lr = 0.1:

| | plain | momentum 0.9 | decay 0.01 |
|---|---|---|---|
| after 1 step | 0.99, 1.98 | 0.99, 1.98 | 0.989, 1.978 |
| after 2 | 0.98, 1.96 | 0.971, 1.942 | 0.978011, 1.956022 |
| after 3 | 0.97, 1.94 | 0.9439, 1.8878 | 0.967033, 1.934066 |

The first step with momentum is a plain one: v begins at 0. (Other books write v ← μ v + (1 − μ) g, which is ten times
slower, or v ← μ v + η g, which keeps an old rate in v when the rate has changed. Ours is PyTorch's.)

**The traps.**

- `g = p.grad.data` and then `g += λ * p.data` writes into the gradient, which is not yours: others may read it, and
  the next step finds it changed. Write `g = p.grad.data + …`, which makes an array.
- For the same reason a buffer must not *be* the gradient's array.
- A parameter may have no gradient: a layer that this batch did not use. It is skipped, its velocity too; but the step
  counts.

**State.** The velocities belong to the training, as the weights do: a run that is stopped and continued without them
takes another path. `get_momentum_state` copies them out and `set_momentum_state` puts them back; copies both times,
because a snapshot that goes on changing is none.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sgd-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class SGD(Optimizer):
    """Steps along the gradient, with momentum and weight decay."""

    def __init__(self, params, lr=0.01, momentum=0.0, weight_decay=0.0):
        """
        Keep the parameters and the settings.

        TODO: set lr, momentum, weight_decay and momentum_buffers, besides what every Optimizer sets.

        APPROACH:
        1. Let Optimizer's own __init__ take the parameters.
        2. Store the three settings.
        3. Make momentum_buffers a list with one None for each parameter: no velocity has been used yet.

        EXAMPLE:
        >>> SGD([Tensor([1, 2], requires_grad=True)], momentum=0.9).momentum_buffers
        [None]

        HINT: super().__init__(params).
        """
        ### BEGIN SOLUTION
        super().__init__(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.momentum_buffers = [None] * len(self.params)
        ### END SOLUTION

    def has_momentum(self):
        """
        Tell whether velocities are used.

        TODO: return True where the momentum is above 0, else False.

        EXAMPLE:
        >>> SGD([], momentum=0.9).has_momentum(), SGD([]).has_momentum()
        (True, False)
        """
        ### BEGIN SOLUTION
        return self.momentum > 0
        ### END SOLUTION

    def get_momentum_state(self):
        """
        Copy the velocities out.

        TODO: return a list with a copy of each momentum buffer, or None for one that is None. Without momentum,
        return None instead of the list.

        EXAMPLE:
        >>> SGD([Tensor([1, 2], requires_grad=True)], momentum=0.9).get_momentum_state()
        [None]
        """
        ### BEGIN SOLUTION
        if not self.has_momentum():
            return None
        return [None if v is None else v.copy() for v in self.momentum_buffers]
        ### END SOLUTION

    def set_momentum_state(self, state):
        """
        Put velocities back.

        TODO: make copies of the arrays in state the momentum buffers; None stays None.

        APPROACH:
        1. There is nothing to do where state is None or the momentum is 0.
        2. Refuse a state of the wrong length with a ValueError.
        3. Copy.

        EXAMPLE:
        >>> optimizer = SGD([Tensor([1, 2], requires_grad=True)], momentum=0.9)
        >>> optimizer.set_momentum_state([np.array([3.0, 4.0])])
        >>> optimizer.momentum_buffers[0].tolist()
        [3.0, 4.0]
        """
        ### BEGIN SOLUTION
        if state is None or not self.has_momentum():
            return
        if len(state) != len(self.params):
            raise ValueError(f"{len(state)} velocities for {len(self.params)} parameters")
        self.momentum_buffers = [None if v is None else v.copy() for v in state]
        ### END SOLUTION

    def step(self):
        """
        Change every parameter that has a gradient.

        TODO: count the step, and apply the update to each parameter's data.

        APPROACH:
        1. Add 1 to step_count, once for all parameters.
        2. Skip a parameter whose grad is None.
        3. Add weight_decay times the parameter to its gradient, in a new array.
        4. With momentum: the velocity is momentum times the old one, plus that. The first one is the gradient alone.
        5. Subtract lr times the velocity, or the gradient, from the data.

        EXAMPLE:
        >>> p = Tensor([1, 2], requires_grad=True)
        >>> p.grad = Tensor([0.5, 1])
        >>> SGD([p], lr=0.5).step()
        >>> p.data.tolist()
        [0.75, 1.5]

        HINT: enumerate(self.params) gives the place of each parameter's buffer.
        """
        ### BEGIN SOLUTION
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            change = p.grad.data + self.weight_decay * p.data
            if self.has_momentum():
                if self.momentum_buffers[index] is not None:
                    change = self.momentum * self.momentum_buffers[index] + change
                self.momentum_buffers[index] = change
            p.data -= self.lr * change
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

First the numbers of the table above. Then three parameters of different shapes get random gradients for six steps,
some of them none now and then, while the rate changes on the way; after each step every number is compared with the
formula in float64. The gradients must be as they were, and the data float32. At last the velocities are copied out,
changed, put back into another optimizer, and both must go on alike.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-sgd", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_sgd():
    """SGD follows the gradient with momentum and weight decay, skips what has none, and keeps its state."""
    by_hand = {
        "plain": ({}, [[0.99, 1.98], [0.98, 1.96], [0.97, 1.94]]),
        "momentum=0.9": ({"momentum": 0.9}, [[0.99, 1.98], [0.971, 1.942], [0.9439, 1.8878]]),
        "weight_decay=0.01": ({"weight_decay": 0.01}, [[0.989, 1.978], [0.978011, 1.956022], [0.967033, 1.934066]]),
    }
    for text, (settings, expected) in by_hand.items():
        p = Tensor([1.0, 2.0], requires_grad=True)
        p.grad = Tensor([0.1, 0.2])
        optimizer = SGD([p], lr=0.1, **settings)
        for step, wanted in enumerate(expected, 1):
            optimizer.step()
            got = p.data
            assert got.shape == (2,), f"SGD keeps a parameter's shape (2,), got {got.shape}"
            assert np.allclose(got, wanted, rtol=0, atol=1e-6), f"SGD, {text}: step {step} gives {wanted}, got {got}"
            assert got.dtype == np.float32, f"SGD keeps float32, got {got.dtype}"
            assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
        kept = p.grad.data
        assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"SGD, {text}, leaves gradients alone, got {kept}"
    p = Tensor([1.0], requires_grad=True)
    p.grad = Tensor([2.0])
    SGD([p]).step()
    assert np.allclose(p.data, [0.98], rtol=0, atol=1e-6), f"by default lr is 0.01: [0.98], got {p.data}"

    random, shapes = np.random.default_rng(1), ((3, 4), (4,), (1,))
    values, speeds = [random.normal(size=shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = SGD(params, lr=0.2, momentum=0.8, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            speeds[place] = 0.8 * speeds[place] + gradient + 0.3 * values[place]
            values[place] = values[place] - lr * speeds[place]
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"SGD keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"SGD(lr={lr}, momentum=0.8, weight_decay=0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"

    print("SGD: passed")


def test_unit_sgd_state():
    """SGD's velocities are None before they are used, can be copied out, and go on when they are put back."""
    plain = SGD([Tensor([1.0], requires_grad=True)])
    assert plain.has_momentum() is False, f"SGD has no momentum by default, got {plain.has_momentum()}"
    assert plain.get_momentum_state() is None, f"without momentum there is no state, got {plain.get_momentum_state()}"
    plain.set_momentum_state([np.ones(1)])
    ignored = [v is None for v in plain.momentum_buffers]
    assert ignored == [True], f"without momentum, a state that is put in is left out, got {plain.momentum_buffers}"

    def made():
        new = [Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0], requires_grad=True)]
        return new, SGD(new, lr=0.5, momentum=0.5)

    (first, _), optimizer = made()
    assert optimizer.has_momentum() is True, f"SGD with momentum=0.5 has momentum, got {optimizer.has_momentum()}"
    unused = [v is None for v in optimizer.momentum_buffers]
    assert unused == [True, True], f"no velocity is there before it is used, got {optimizer.momentum_buffers}"
    first.grad = Tensor([4.0, 8.0])
    optimizer.step()
    state = optimizer.get_momentum_state()
    assert len(state) == 2, f"the state holds an entry for each of 2 parameters, got {len(state)}"
    assert state[1] is None, f"a parameter without a gradient has no velocity, got {state[1]}"
    assert np.array_equal(state[0], [4, 8]), f"the first velocity is the gradient: [4, 8], got {state[0]}"
    first.grad = Tensor([0.0, 0.0])
    optimizer.step()
    assert np.array_equal(first.data, [-2, -4]), f"[1, 2] less half of [4, 8], less half of [2, 4]: [-2, -4], got {first.data}"
    assert np.array_equal(state[0], [4, 8]), f"the state is a copy and stays [4, 8], got {state[0]}"

    (again, other), optimizer = made()
    optimizer.set_momentum_state([np.array([4.0, 8.0], np.float32), None])
    optimizer.set_momentum_state(None)
    again.grad, other.grad = Tensor([0.0, 0.0]), Tensor([2.0])
    optimizer.step()
    assert np.array_equal(again.data, [0, 0]), f"[1, 2] less half of 0.5 [4, 8], put back: [0, 0], got {again.data}"
    assert np.array_equal(other.data, [2]), f"3 less half of 2, with no velocity put back: [2], got {other.data}"
    given = [np.array([2.0, 4.0], np.float32), None]
    optimizer.set_momentum_state(given)
    optimizer.step()
    assert np.array_equal(given[0], [2, 4]), f"the state that is put back is copied and stays [2, 4], got {given[0]}"
    for state in ([], [np.zeros(2)], [None, None, None]):
        try:
            optimizer.set_momentum_state(state)
        except ValueError:
            continue
        raise AssertionError(f"a state of {len(state)} entries for 2 parameters must raise ValueError")
    print("SGD's state: passed")


if __name__ == "__main__":
    test_unit_sgd()
    test_unit_sgd_state()

# %% [markdown]
r"""
## Adam

One rate for all numbers is a compromise, as the valley has shown. Adam gives each number a scale of its own. It keeps
two averages that forget slowly, one of the gradient and one of its square:

$$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$

and steps by their ratio, after a correction that depends on the number t of the step:

$$\hat m = \frac{m}{1 - \beta_1^t} \qquad \hat v = \frac{v}{1 - \beta_2^t} \qquad
p \leftarrow p - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$

```
              ┌─▶ m: mean of g  ─▶ / (1 − β₁ᵗ) ─▶ m̂ ─┐
  g, (2, 3) ──┤                                      ├─▶ m̂ / (√v̂ + ε) ─▶ · lr ─▶ subtracted from p, (2, 3)
              └─▶ v: mean of g² ─▶ / (1 − β₂ᵗ) ─▶ v̂ ─┘
```

**What the ratio says.** Where gradients agree, m̂ is as large as √v̂ and the step is lr. Where they contradict each
other, m̂ is small and so is the step. The size of the gradient cancels: the first step is

| g | 10⁻⁶ | 10⁻³ | 1 | 10³ |
|---|---|---|---|---|
| SGD goes | 10⁻⁶ lr | 10⁻³ lr | lr | 1,000 lr |
| Adam goes | 0.99 lr | lr | lr | lr |

So `lr` is about how far each weight moves in a step, in the weight's own units, and one rate suits a network's first
layer and its last. (Only where g comes near ε = 10⁻⁸ does the step shrink, which is what ε is for: a gradient of 0
must not become 0/0.)

**Why the correction.** Both averages begin at 0 and need time to warm up: m some 10 steps, v some 1,000. For g = 1:

| step t | m | v | m / √v, not corrected | m̂ / √v̂ |
|---|---|---|---|---|
| 1 | 0.1 | 0.001 | 3.16 | 1 |
| 2 | 0.19 | 0.001999 | 4.25 | 1 |
| 10 | 0.651 | 0.00996 | 6.53 | 1 |
| 100 | 0.99997 | 0.0952 | 3.24 | 1 |
| 1,000 | 1 | 0.632 | 1.26 | 1 |

Without it, the very first steps, when the network knows least, would be three to six times too long. The weights
(1 − β) βᵏ of the last t gradients add up to 1 − βᵗ, so dividing by that makes a true average of them.

**By hand**: p = [1, 2], g = [0.1, 0.2], lr = 0.1. Three steps give [0.9, 1.9], [0.8, 1.8], [0.7, 1.7]: both numbers
move by 0.1, though one gradient is twice the other. With weight_decay = 0.01, which Adam adds to g as SGD does, they
are [0.9, 1.9], [0.800025, 1.800012], [0.700091, 1.700045].

**The traps.**

- t counts from 1, and is the number of this step: count first. With t = 0, 1 − βᵗ is 0.
- Count once a step, not once a parameter.
- ε stands outside the root. Inside, it would count as √ε = 10⁻⁴, ten thousand times as much.
- `1 - self.betas[0] ** t` is a Python number and leaves float32 alone. `np.power(beta, t)` is a float64 that does not.

AdamW, the next section, needs the same ratio. So write it once, in `adapt`, and let `step` use it.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "adam-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Adam(Optimizer):
    """Steps that are measured by the usual size of each number's gradient."""

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        """
        Keep the parameters and the settings.

        TODO: set lr, betas, eps, weight_decay, m_buffers and v_buffers, besides what every Optimizer sets.

        APPROACH:
        1. Let Optimizer's own __init__ take the parameters.
        2. Store the four settings.
        3. Make m_buffers and v_buffers two lists with one None for each parameter.

        EXAMPLE:
        >>> Adam([Tensor([1, 2], requires_grad=True)]).m_buffers
        [None]
        """
        ### BEGIN SOLUTION
        super().__init__(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m_buffers = [None] * len(self.params)
        self.v_buffers = [None] * len(self.params)
        ### END SOLUTION

    def adapt(self, index, gradient):
        """
        Turn a gradient into a direction whose size does not depend on the gradient's.

        TODO: bring both averages of parameter number index up to date, and return their corrected ratio.

        APPROACH:
        1. Compute the new m and v out of the buffers, which are 0 where they are None, and keep them.
        2. Divide by 1 - beta ** step_count, each by its own beta.
        3. Return m / (sqrt(v) + eps) of the corrected ones.

        EXAMPLE:
        >>> optimizer = Adam([Tensor([1, 2], requires_grad=True)])
        >>> optimizer.step_count = 1
        >>> optimizer.adapt(0, np.array([0.5, -20.0])).round(4).tolist()
        [1.0, -1.0]

        HINT: `0 if m is None else m`.
        """
        ### BEGIN SOLUTION
        beta1, beta2 = self.betas
        m, v = (0 if each is None else each for each in (self.m_buffers[index], self.v_buffers[index]))
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        self.m_buffers[index], self.v_buffers[index] = m, v
        m_hat, v_hat = m / (1 - beta1**self.step_count), v / (1 - beta2**self.step_count)
        return m_hat / (np.sqrt(v_hat) + self.eps)
        ### END SOLUTION

    def step(self):
        """
        Change every parameter that has a gradient.

        TODO: count the step, and apply the update to each parameter's data.

        APPROACH:
        1. Add 1 to step_count, once for all parameters.
        2. Skip a parameter whose grad is None.
        3. Add weight_decay times the parameter to its gradient, in a new array.
        4. Subtract lr times what adapt makes of it.

        EXAMPLE:
        >>> p = Tensor([1, 2], requires_grad=True)
        >>> p.grad = Tensor([0.1, 0.2])
        >>> Adam([p], lr=0.1).step()
        >>> p.data.round(4)
        array([0.9, 1.9], dtype=float32)
        """
        ### BEGIN SOLUTION
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                gradient = p.grad.data + self.weight_decay * p.data
                p.data -= self.lr * self.adapt(index, gradient)
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers from above; a first step of the same length for gradients from 0.0001 to 10,000, and of half that for one
as small as ε; then, for six steps, random gradients for three parameters, some of them missing, each number compared
with the formula in float64, with betas and an ε that are not the usual ones. Gradients stay as they were, and data
float32.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-adam", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_unit_adam():
    """Adam steps by the corrected ratio of its averages, with L2 in the gradient, and skips what has none."""
    by_hand = {
        "plain": ({}, [[0.9, 1.9], [0.8, 1.8], [0.7, 1.7]]),
        "weight_decay=0.01": ({"weight_decay": 0.01}, [[0.9, 1.9], [0.800025, 1.800012], [0.700091, 1.700045]]),
    }
    for text, (settings, expected) in by_hand.items():
        p = Tensor([1.0, 2.0], requires_grad=True)
        p.grad = Tensor([0.1, 0.2])
        optimizer = Adam([p], lr=0.1, **settings)
        for name, buffers in (("m_buffers", optimizer.m_buffers), ("v_buffers", optimizer.v_buffers)):
            assert [each is None for each in buffers] == [True], f"{name} has a None for each parameter, got {buffers}"
        for step, wanted in enumerate(expected, 1):
            optimizer.step()
            got = p.data
            assert got.shape == (2,), f"Adam keeps a parameter's shape (2,), got {got.shape}"
            assert np.allclose(got, wanted, rtol=0, atol=2e-6), f"Adam, {text}: step {step} gives {wanted}, got {got}"
            assert got.dtype == np.float32, f"Adam keeps float32, got {got.dtype}"
            assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
        kept = p.grad.data
        assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"Adam, {text}, leaves gradients alone, got {kept}"

    print("Adam by hand: passed")


def test_unit_adam_defaults():
    """Adam's first step is as long as its rate for gradients of any size, and its default settings are the usual ones."""
    sizes = [1e-8, 1e-4, 1.0, 1e4, -1e4, 0.0]
    p = Tensor(np.zeros(6), requires_grad=True)
    p.grad = Tensor(sizes)
    Adam([p]).step()
    wanted = np.array([-0.0005, -0.001, -0.001, -0.001, 0.001, 0.0])
    assert p.data.shape == (6,), f"Adam keeps a parameter's shape (6,), got {p.data.shape}"
    assert np.allclose(p.data, wanted, rtol=1e-3, atol=0), f"gradients {sizes}, default settings: {wanted}, got {p.data}"
    q = Tensor([0.0], requires_grad=True)
    optimizer, m, v, wanted = Adam([q]), 0.0, 0.0, 0.0
    for step, gradient in enumerate((1.0, -3.0, 0.5, 0.5), 1):
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        wanted -= 0.001 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        q.grad = Tensor([gradient])
        optimizer.step()
        close = np.allclose(q.data, [wanted], rtol=1e-3, atol=1e-8)
        assert close, f"Adam with default settings and gradients 1, -3, 0.5, 0.5: step {step} gives {wanted}, got {q.data}"

    print("Adam's defaults: passed")


def test_unit_adam_with_settings():
    """Adam follows its formula with other betas, eps and decay, and skips parameters that have no gradient."""
    random, shapes = np.random.default_rng(2), ((3, 4), (4,), (1,))
    values = [random.normal(size=shape) for shape in shapes]
    means, squares = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = Adam(params, lr=0.2, betas=(0.7, 0.95), eps=0.1, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            gradient = gradient + 0.3 * values[place]
            means[place] = 0.7 * means[place] + 0.3 * gradient
            squares[place] = 0.95 * squares[place] + 0.05 * gradient**2
            mean, square = means[place] / (1 - 0.7**step), squares[place] / (1 - 0.95**step)
            values[place] = values[place] - lr * mean / (np.sqrt(square) + 0.1)
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"Adam keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"Adam(lr={lr}, (0.7, 0.95), 0.1, 0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"
    print("Adam with settings: passed")


if __name__ == "__main__":
    test_unit_adam()
    test_unit_adam_defaults()
    test_unit_adam_with_settings()

# %% [markdown]
r"""
## AdamW

In plain SGD it makes no difference whether the decay is added to the gradient or taken off the weight: lr · λ p leaves
p either way. In Adam it does. What is added to g goes through the ratio, and there its size cancels like everything
else's: a weight with large gradients hardly decays, one with small gradients is crushed.

Take two weights that begin at 1 and whose gradients change sign in every step, so that they have nothing to say but
noise: ±10 for the first, ±0.1 for the second. With lr = 0.01 and weight_decay = 0.1, after 1,000 steps:

| | the weight with gradients ±10 | with ±0.1 | what a decay should leave |
|---|---|---|---|
| Adam, decay in the gradient | 0.889 | 0.0003 | (1 − 0.001)¹⁰⁰⁰ = 0.368 |
| AdamW | 0.361 | 0.361 | 0.368 |

*AdamW* takes the decay out of the gradient and applies it to the weight itself, after the step:

$$p \leftarrow p - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon} \qquad\text{then}\qquad p \leftarrow p\,(1 - \eta \lambda)$$

```
 Adam    g + λ p ──▶ averages ──▶ ratio ──▶ p − lr · ratio
 AdamW   g       ──▶ averages ──▶ ratio ──▶ p − lr · ratio ──▶ · (1 − lr · λ)
```

With p = [1, 2], g = [0.1, 0.2], lr = 0.1 and λ = 0.01, the first step gives [0.9, 1.9] · 0.999 = [0.8991, 1.8981], the
second [0.798301, 1.796302], the third [0.697603, 1.694606].

**The traps.** The factor is 1 − lr · λ, not 1 − λ. It belongs to a step, so a parameter without a gradient is not
decayed. And the order shows in the fourth digit: PyTorch decays first, which would give 0.899 above.

Its default is a decay of 0.01, where the others have none: nobody takes AdamW to do without.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "adamw-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class AdamW(Adam):
    """Adam, with a decay of the weights that does not pass through the averages."""

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        """Keep what Adam keeps; only the default of the decay differs. Given."""
        super().__init__(params, lr, betas, eps, weight_decay)

    def step(self):
        """
        Change every parameter that has a gradient, and let it decay.

        TODO: count the step; apply Adam's update without any decay in it; then multiply by 1 - lr * weight_decay.

        APPROACH:
        1. Add 1 to step_count, once for all parameters.
        2. Skip a parameter whose grad is None.
        3. Subtract lr times what adapt makes of the gradient alone.
        4. Multiply the data by 1 - lr * weight_decay.

        EXAMPLE:
        >>> p = Tensor([1, 2], requires_grad=True)
        >>> p.grad = Tensor([0.1, 0.2])
        >>> AdamW([p], lr=0.1, weight_decay=0.01).step()
        >>> p.data.round(4)
        array([0.8991, 1.8981], dtype=float32)

        HINT: super().step() would put the decay into the gradient as well.
        """
        ### BEGIN SOLUTION
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                p.data -= self.lr * self.adapt(index, p.grad.data)
                p.data *= 1 - self.lr * self.weight_decay
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers from above, to six digits, so that the order of step and decay shows; the default decay; that the decay is
the same for gradients of any size; and the six random steps that Adam had to take, with parameters that have no
gradient now and then and must not decay.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-adamw", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_unit_adamw():
    """AdamW steps as Adam without a decay and then takes a share of lr * weight_decay off the weights."""
    p = Tensor([1.0, 2.0], requires_grad=True)
    p.grad = Tensor([0.1, 0.2])
    optimizer = AdamW([p], lr=0.1, weight_decay=0.01)
    for step, wanted in enumerate(([0.8991, 1.8981], [0.798301, 1.796302], [0.697603, 1.694606]), 1):
        optimizer.step()
        got = p.data
        assert got.shape == (2,), f"AdamW keeps a parameter's shape (2,), got {got.shape}"
        assert np.allclose(got, wanted, rtol=0, atol=2e-6), f"AdamW: step {step} gives {wanted}, got {got}"
        assert got.dtype == np.float32, f"AdamW keeps float32, got {got.dtype}"
        assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
    kept = p.grad.data
    assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"AdamW leaves gradients alone, got {kept}"

    sizes = [1e-4, 1.0, 1e4, -1.0, 0.0]
    p = Tensor(np.full(5, 100.0), requires_grad=True)
    p.grad = Tensor(sizes)
    AdamW([p]).step()
    wanted = np.array([99.99800001, 99.99800001, 99.99800001, 99.99999999, 99.999])
    assert p.data.shape == (5,), f"AdamW keeps a parameter's shape (5,), got {p.data.shape}"
    assert np.allclose(p.data, wanted, rtol=0, atol=2e-5), f"gradients {sizes}, default settings: {wanted}, got {p.data}"

    random, shapes = np.random.default_rng(3), ((3, 4), (4,), (1,))
    values = [random.normal(size=shape) for shape in shapes]
    means, squares = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = AdamW(params, lr=0.2, betas=(0.7, 0.95), eps=0.1, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            means[place] = 0.7 * means[place] + 0.3 * gradient
            squares[place] = 0.95 * squares[place] + 0.05 * gradient**2
            mean, square = means[place] / (1 - 0.7**step), squares[place] / (1 - 0.95**step)
            values[place] = (values[place] - lr * mean / (np.sqrt(square) + 0.1)) * (1 - lr * 0.3)
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"AdamW keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"AdamW(lr={lr}, (0.7, 0.95), 0.1, 0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"
    print("AdamW: passed")


if __name__ == "__main__":
    test_unit_adamw()

# %% [markdown]
r"""
## The skeleton

All three are one loop with another middle. If you ever need a fourth, this is what to fill in:

```python
class Mine(Optimizer):
    def __init__(self, params, lr=0.01):
        super().__init__(params)                    # refuses what cannot be trained
        self.lr = lr
        self.buffers = [None] * len(self.params)    # a memory for each parameter

    def step(self):
        self.step_count += 1                        # once a step
        for index, p in enumerate(self.params):
            if p.grad is None:                      # took no part
                continue
            ...                                     # p.grad.data and buffers[index] make a change
            p.data -= self.lr * change              # the only line that touches a parameter
```

## Side by side

On the bowl ½ Σ x² from [5, −3, 2], where the loss is 19, ten steps at lr = 0.1 leave

| | loss | why |
|---|---|---|
| SGD | 2.3100 | each step multiplies x by 0.9, and 0.9²⁰ · 19 = 2.31 |
| SGD, momentum 0.9 | 6.5868 | it has rolled through the bottom and up the other side |
| Adam | 10.5838 | each number has gone about 1 = 10 · lr, whatever its distance |

On a round bowl the plain one wins. That is worth remembering: momentum and Adam are cures for valleys, and in a bowl
there is nothing to cure. (In the valley at the beginning, the order was the other way round.)

| | SGD | SGD with momentum | Adam | AdamW |
|---|---|---|---|---|
| length of a step | lr · size of g | up to 10 lr · size of g | about lr | about lr |
| numbers kept for each weight | 0 | 1 | 2 | 2 |
| sensitive to the scale of the loss | yes | yes | no | no |
| decay | in the gradient | in the gradient | in the gradient, distorted | on the weight, even |

## Which to choose

| use | for example | because | not where |
|---|---|---|---|
| SGD | a linear or logistic regression | the loss is a bowl, and the theory is exact | directions differ much in scale |
| SGD with momentum 0.9 | a CNN on images, with a schedule | it often ends with the best accuracy on new data | there is no time to look for a rate |
| Adam, lr 0.001 | a first try at anything; embeddings, sparse data | it works at once at its default rate | memory for two buffers is lacking |
| AdamW, decay 0.01 to 0.1 | transformers | the decay acts evenly on all weights | tiny models, which need no decay |

**Three pipelines** that use what you have just written:

```
 image classifier   batches of images ─▶ CNN ─▶ cross-entropy ─▶ SGD(momentum=0.9, weight_decay=5e-4), cosine rate
 language model     tokens ─▶ transformer ─▶ cross-entropy ─▶ clip to norm 1 ─▶ AdamW(betas=(0.9, 0.95), decay 0.1)
 fine-tuning        frozen body, new head ─▶ cross-entropy ─▶ AdamW(head.parameters(), lr=1e-4): the body is not listed
```

## Putting them together

The last test lets autograd make the gradients. Each optimizer must bring the bowl's loss of 19 down, and then teach a
network of two layers XOR, from the same weights, in 80 times the four lines from above, so that the loss falls well
below the 0.25 of one who always says ½. It trains a head on a body that is
not listed, which must stay as it was, and one list that holds a layer which the loss does not use.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 25, "schema_version": 3, "solution": false, "task": false}
def kinds():
    """Return what makes an optimizer of each kind, given parameters and a rate."""
    return {
        "SGD": lambda params, lr: SGD(params, lr=lr),
        "SGD with momentum": lambda params, lr: SGD(params, lr=lr, momentum=0.9),
        "Adam": lambda params, lr: Adam(params, lr=lr),
        "AdamW": lambda params, lr: AdamW(params, lr=lr),
    }


def test_unit_bowl():
    """Every optimizer brings the loss of a bowl down, and refuses what cannot be trained."""
    for name, bound in (("SGD", 5.0), ("SGD with momentum", 12.0), ("Adam", 18.0), ("AdamW", 18.0)):
        x = Tensor([5.0, -3.0, 2.0], requires_grad=True)
        optimizer = kinds()[name]([x], 0.1)
        assert isinstance(optimizer, Optimizer), f"{name} is an Optimizer, not a {type(optimizer).__name__}"
        for _ in range(10):
            optimizer.zero_grad()
            ((x * x).sum() * 0.5).backward()
            optimizer.step()
        values = np.array(x.data, np.float64)
        assert values.shape == (3,), f"{name} keeps the shape (3,), got {values.shape}"
        loss = float((values**2).sum() / 2)
        assert 0 <= loss < bound, f"{name}, ten steps from a loss of 19: below {bound}, got {loss}"
        try:
            kinds()[name]([x, Tensor([1.0])], 0.1)
        except ValueError:
            pass
        else:
            raise AssertionError(f"{name} must refuse a parameter with requires_grad=False with a ValueError")

    print("bowl: passed")


def test_module():
    """Every optimizer follows autograd's gradients downhill, teaches a network XOR, and touches nothing else."""
    test_unit_optimizer_base()
    test_unit_sgd()
    test_unit_sgd_state()
    test_unit_adam()
    test_unit_adam_defaults()
    test_unit_adam_with_settings()
    test_unit_adamw()
    test_unit_bowl()

    inputs, answers = [[0, 0], [0, 1], [1, 0], [1, 1]], np.array([[0.0], [1.0], [1.0], [0.0]])
    weights = [[[1.2, -0.8, 0.5], [-0.7, 1.1, 0.9]], [0.1, -0.2, 0.3], [[0.9], [0.6], [-0.4]], [0.05]]
    for name, rate in (("SGD", 0.3), ("SGD with momentum", 0.1), ("Adam", 0.1), ("AdamW", 0.1)):
        first, last = Linear(2, 3), Linear(3, 1)
        first.weight, first.bias, last.weight, last.bias = (Tensor(each, requires_grad=True) for each in weights)
        model, criterion = Sequential(first, Tanh(), last), MSELoss()
        optimizer = kinds()[name](model.parameters(), rate)
        x, y = Tensor(inputs), Tensor(answers)
        for _ in range(80):
            optimizer.zero_grad()
            criterion(model(x), y).backward()
            optimizer.step()
        predicted = model(x).data
        assert predicted.shape == (4, 1), f"the network gives shape (4, 1), got {predicted.shape}"
        loss = float(np.mean((predicted - answers) ** 2))
        assert 0 <= loss < 0.2, f"{name} teaches XOR, so that the loss is below the 0.25 of guessing ½ by 0.05, got {loss}"
        assert optimizer.step_count == 80, f"{name} has taken 80 steps, got {optimizer.step_count}"

    for name, make in kinds().items():
        body, head, idle = Linear(2, 3), Linear(3, 1), Linear(2, 2)
        body.weight, body.bias = (Tensor(each, requires_grad=True) for each in weights[:2])
        head.weight, head.bias = (Tensor(each, requires_grad=True) for each in weights[2:])
        idle.weight = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
        optimizer = make([*head.parameters(), idle.weight], 0.1)
        MSELoss()(head(body(Tensor(inputs))), Tensor(answers)).backward()
        optimizer.step()
        assert np.array_equal(body.weight.data, np.array(weights[0], np.float32)), f"{name} changes only what it was given"
        assert body.weight.grad is not None, f"{name} leaves gradients of others alone"
        same = np.array_equal(idle.weight.data, [[1, 2], [3, 4]])
        assert same, f"{name} leaves a parameter without a gradient alone, got {idle.weight.data}"
        moved = np.abs(head.weight.data - np.array(weights[2], np.float32))
        assert moved.shape == (3, 1), f"{name} keeps the shape (3, 1), got {moved.shape}"
        assert np.all(moved > 1e-4), f"{name} changes what it was given, got changes of {moved}"
    print("all of module 06: passed")


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## In production

PyTorch's `torch.optim` has your classes under the same names, with the same defaults for `betas`, `eps` and Adam's
rate. What it adds: *parameter groups*, so that biases
can go without decay; a state dictionary for any optimizer; kernels that update all parameters in one pass over memory,
because an update does so little arithmetic that reading and writing is all it costs. And it decays before the step in
AdamW, as noted above.

Large models have made the two buffers a concern of their own. Adafactor keeps row and column sums in place of v, 8-bit
optimizers keep both in a byte each, Lion keeps the sign of one average and nothing else. All fit into the skeleton.

## Pitfalls, and how to see them

- **`zero_grad` forgotten.** Gradients add up, so each step repeats all former ones. On the bowl ½ x² from 5, at
  lr = 0.1, plain SGD then does this:

```
  x   5 ┤● ●
        │     ●
        │       ●
      0 ┼─────────●─●──────────────────────▶ step       5  4.5  3.55  2.25  0.72  −0.89
        │             ●                                 −2.40  −3.67  −4.58  −5.02  −4.97  −4.42 …
        │               ●
     −5 ┤                 ● ● ● ●                       it swings for ever and never arrives
```

  *To see it*: print the norm of the gradients. It grows although the loss falls.
- **`step` before `backward`.** All gradients are None, everything is skipped, nothing fails and the loss stands still.
  *To see it*: look at `optimizer.params[0].grad` right before the step.
- **A model that is not the one that you train.** The optimizer holds the Tensors that it was given. Replace
  `layer.weight` later, and it goes on training the old one. *To see it*:
  `optimizer.params[0] is layer.weight`.
- **Too large a rate.** The loss grows by a constant factor each step, then is inf, then nan. *To see it*: divide the
  rate by ten; if the first ten steps now fall, that was it.
- **SGD's rate given to Adam.** 0.1 suits SGD now and then; for Adam it moves every weight by 0.1 a step, which is more
  than many weights are. *To see it*: compare `lr` with the standard deviation of the weights, √(1/in) in our Linear.
- **Decay in Adam.** `Adam(weight_decay=0.1)` is not a weak AdamW. *To see it*: the table above.
- **State lost on the way.** A run that is continued with fresh buffers takes another path: a velocity needs some ten
  steps to build up again. *To see it*: `step_count` is 0 where it should not be. Module 07 saves it.

## What it costs

Let n be the number of parameters. Count what each element takes in a step, and what is kept between steps:

| | multiplications, divisions, roots | arrays kept | a model of 101,770 parameters (784-128-10) |
|---|---|---|---|
| SGD | n for lr, n for the decay | the weights | 407 kB |
| SGD with momentum | n more | + 1 | 814 kB |
| Adam | n for the decay, 9 n products and divisions, n roots | + 2 | 1,221 kB |

Gradients are one more array in each row, while they are there. None of it depends on the batch: a forward pass of this
network takes 2 · 101,632 operations for every example, so with 64 examples it outweighs the step by far, and with one
it does not. That is one more reason for batches. Note the temporary arrays, too: `p.data - lr * g` makes two of them,
`p.data -= lr * g` one.

## Look ahead

- **07 training** wraps the four lines into epochs, moves `lr` along a schedule, clips gradients and saves the buffers.
- **08 dataloader** supplies the random batches that put the S into SGD.
- **09 spatial** trains convolutions, where SGD with momentum is at home; **13 transformers**, where AdamW is.
- **15 quantization** asks how few bits a number may have; optimizers need more than the weights do.

## To think about

1. Multiply the loss by 1,000. Which of the four optimizers take the same path as before, and which of your settings
   would you change for the others?
2. A word's embedding gets a gradient in one batch of a hundred. What do SGD with momentum and Adam do in the 99 steps
   between, given that a missing gradient is skipped? What if it were zeros instead?
3. At which rate does SGD with momentum 0.9 begin to diverge on ½ x²? Try it, and compare with the 2 of plain SGD.

## Summary

An optimizer is a loop over parameters with one line that changes them. SGD goes along the gradient; momentum averages
over time; Adam divides by the usual size of the gradient; AdamW takes the decay out of that division. Everything else
is bookkeeping: skip what has no gradient, count the steps, keep the buffers.

When all tests pass, close the module:

```
tito module complete 06
```

A second milestone is open now: `tito milestone run xor` lets one layer fail at what two can do, from ten random starts
each. Module 07 turns one step into training.
"""
