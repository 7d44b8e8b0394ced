"""core.layers: made by `tito export` from 03_layers/layers_dev.py; edit that file."""

import numpy as np

from tinytorch.core.tensor import Tensor

__all__ = [
    "Dropout",
    "Layer",
    "Linear",
    "Sequential",
]


class Layer:
    """What every layer is: something to call, with parameters to train."""

    def forward(self, x):
        """Compute the layer's output; every kind of layer brings its own."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def __call__(self, *args, **kwargs):
        """
        Apply the layer, as PyTorch's modules do when they are called.

        TODO: return what forward gives for the same arguments, whatever they are.

        EXAMPLE:
        >>> class Double(Layer):
        ...     def forward(self, x):
        ...         return x + x
        >>> Double()(Tensor([1, 2])).data.tolist()
        [2.0, 4.0]

        HINT: the stars that collect arguments in the head of a function hand them on in a call. Dropout's forward
        will take more than x.
        """
        return self.forward(*args, **kwargs)

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return an empty list; layers that have parameters will replace this method.

        EXAMPLE:
        >>> Layer().parameters()
        []
        """
        return []


class Linear(Layer):
    """A linear layer, y = x W + b."""

    def __init__(self, in_features, out_features, bias=True):
        """
        Make the weight and the bias.

        TODO: set in_features, out_features, weight and bias.

        APPROACH:
        1. Store in_features and out_features.
        2. Draw the weight, of shape (in_features, out_features), from a normal distribution with mean 0 and
           standard deviation sqrt(1 / in_features).
        3. Make the bias: zeros of shape (out_features,), or None where bias is False.
        4. Both are Tensors with requires_grad=True.

        EXAMPLE:
        >>> Linear(3, 2).weight.shape
        (3, 2)
        >>> Linear(3, 2, bias=False).bias is None
        True

        HINT: np.random.normal(mean, deviation, shape). Leave its seed alone: two layers must not be equal.
        """
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(1 / in_features), (in_features, out_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None

    def forward(self, x):
        """
        Compute x W + b.

        TODO: return a new Tensor of x's shape, but with out_features as the last size.

        APPROACH:
        1. Multiply x with the weight; @ works on a row, a batch and a batch of batches alike.
        2. Add the bias where there is one.

        EXAMPLE:
        >>> layer = Linear(2, 1)
        >>> layer.weight, layer.bias = Tensor([[1], [2]]), Tensor([0.5])
        >>> layer.forward(Tensor([[1, 1], [3, 4]])).data.tolist()
        [[3.5], [11.5]]

        HINT: compute with Tensors, not with their data. Module 05 follows Tensor operations to find gradients.
        """
        y = x @ self.weight
        return y if self.bias is None else y + self.bias

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [weight, bias], or [weight] where there is no bias: the layer's own Tensors, not copies.

        EXAMPLE:
        >>> [p.shape for p in Linear(3, 2).parameters()]
        [(3, 2), (2,)]
        """
        return [self.weight] if self.bias is None else [self.weight, self.bias]


class Dropout(Layer):
    """Zeros in random places while training, and nothing at all afterwards."""

    def __init__(self, p=0.5):
        """
        Store how likely an element is dropped.

        TODO: set p; refuse what is not between 0 and 1 (both allowed) with a ValueError.

        EXAMPLE:
        >>> Dropout(0.2).p
        0.2
        """
        if not 0 <= p <= 1:
            raise ValueError(f"p is a probability between 0 and 1, not {p}")
        self.p = p

    def forward(self, x, training=True):
        """
        Drop elements at random, and scale those that stay.

        TODO: return x where training is False; else a new Tensor in which each element is 0 with probability p,
        by itself, and multiplied by 1 / (1 - p) otherwise.

        APPROACH:
        1. Return x itself where training is False: there is nothing to drop.
        2. Return zeros where p = 1, for which 1 / (1 - p) does not exist.
        3. Draw a random number between 0 and 1 for each element of x; the element stays where it is at least p.
        4. Multiply x by a Tensor of zeros and 1 / (1 - p).

        EXAMPLE:
        >>> Dropout(0.9).forward(Tensor([1, 2, 3]), training=False).data.tolist()
        [1.0, 2.0, 3.0]

        HINT: np.random.random(x.shape) >= p is an array of True and False; divided by a number, it is one of
        numbers.
        """
        if not training:
            return x
        if self.p == 1:
            return x * 0
        stays = np.random.random(x.shape) >= self.p
        return x * Tensor(stays / (1 - self.p))


class Sequential(Layer):
    """Layers one behind the other."""

    def __init__(self, *layers):
        """Keep the layers, in order. Given."""
        self.layers = list(layers)

    def forward(self, x, training=True):
        """
        Send x through the layers.

        TODO: return what the last layer gives; each layer takes what the one before it gave.

        APPROACH:
        1. Call the layers in order.
        2. Hand `training` on to those that know it: Dropout, and a Sequential within this one.

        EXAMPLE:
        >>> Sequential(Dropout(0.9), Dropout(0.9)).forward(Tensor([1, 2]), training=False).data.tolist()
        [1.0, 2.0]

        HINT: isinstance(layer, Dropout | Sequential).
        """
        for layer in self.layers:
            x = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return x

    def parameters(self):
        """
        Give the parameters of all layers.

        TODO: return one flat list of them, in the layers' order. Activations are no Layers and have none.

        EXAMPLE:
        >>> len(Sequential(Linear(4, 3), Dropout(), Linear(3, 2)).parameters())
        4
        """
        return [each for layer in self.layers if isinstance(layer, Layer) for each in layer.parameters()]
