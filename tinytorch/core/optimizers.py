"""core.optimizers: made by `tito export` from 06_optimizers/optimizers_dev.py; edit that file."""

import numpy as np

from tinytorch.core.tensor import Tensor

__all__ = [
    "Adam",
    "AdamW",
    "Optimizer",
    "SGD",
]


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
        self.params = list(params)
        if not all(p.requires_grad for p in self.params):
            raise ValueError("an optimizer changes Tensors with requires_grad=True alone")
        self.step_count = 0

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
        for p in self.params:
            p.grad = None

    def step(self):
        """Change the parameters; every optimizer brings its own way. Given."""
        raise NotImplementedError(f"{type(self).__name__} has no step")


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
        super().__init__(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.momentum_buffers = [None] * len(self.params)

    def has_momentum(self):
        """
        Tell whether velocities are used.

        TODO: return True where the momentum is above 0, else False.

        EXAMPLE:
        >>> SGD([], momentum=0.9).has_momentum(), SGD([]).has_momentum()
        (True, False)
        """
        return self.momentum > 0

    def get_momentum_state(self):
        """
        Copy the velocities out.

        TODO: return a list with a copy of each momentum buffer, or None for one that is None. Without momentum,
        return None instead of the list.

        EXAMPLE:
        >>> SGD([Tensor([1, 2], requires_grad=True)], momentum=0.9).get_momentum_state()
        [None]
        """
        if not self.has_momentum():
            return None
        return [None if v is None else v.copy() for v in self.momentum_buffers]

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
        if state is None or not self.has_momentum():
            return
        if len(state) != len(self.params):
            raise ValueError(f"{len(state)} velocities for {len(self.params)} parameters")
        self.momentum_buffers = [None if v is None else v.copy() for v in state]

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
        super().__init__(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m_buffers = [None] * len(self.params)
        self.v_buffers = [None] * len(self.params)

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
        beta1, beta2 = self.betas
        m, v = (0 if each is None else each for each in (self.m_buffers[index], self.v_buffers[index]))
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        self.m_buffers[index], self.v_buffers[index] = m, v
        m_hat, v_hat = m / (1 - beta1**self.step_count), v / (1 - beta2**self.step_count)
        return m_hat / (np.sqrt(v_hat) + self.eps)

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
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                gradient = p.grad.data + self.weight_decay * p.data
                p.data -= self.lr * self.adapt(index, gradient)


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
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                p.data -= self.lr * self.adapt(index, p.grad.data)
                p.data *= 1 - self.lr * self.weight_decay
