"""core.autograd: made by `tito export` from 05_autograd/autograd_dev.py; edit that file."""

import functools
import inspect
from itertools import compress

import numpy as np

from tinytorch.core import losses
from tinytorch.core.activations import GELU, ReLU, Sigmoid, Softmax, Tanh
from tinytorch.core.losses import EPSILON, BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss
from tinytorch.core.tensor import Tensor

__all__ = [
    "AddBackward",
    "BinaryCrossEntropyBackward",
    "CrossEntropyBackward",
    "DivBackward",
    "Function",
    "GELUBackward",
    "GetItemBackward",
    "LogSoftmaxBackward",
    "MSEBackward",
    "MatMulBackward",
    "MaxBackward",
    "MeanBackward",
    "MulBackward",
    "NegBackward",
    "ReLUBackward",
    "ReshapeBackward",
    "SigmoidBackward",
    "SoftmaxBackward",
    "SubBackward",
    "SumBackward",
    "TanhBackward",
    "TransposeBackward",
    "backward",
    "graph_order",
    "record_layers",
    "record_tensors",
    "recorded",
    "recorded_layer",
    "reflected",
    "sigmoid",
    "softmax",
    "unbroadcast",
    "zero_grad",
]


# The Function that made a Tensor: none, unless one says so.
Tensor.grad_fn = None


class Function:
    """One call of an operation: forward computes it, backward hands a gradient back through it."""

    def __init__(self, forward, *args):
        """Keep what is to be called, and with what. Given."""
        self.forward = forward
        self.args = args
        # The arrays as they are now: a Tensor may hold others by the time that backward needs them.
        self.arrays = [each.data if isinstance(each, Tensor) else each for each in args]
        self.wanted = [isinstance(each, Tensor) and each.requires_grad for each in args]
        self.inputs = list(compress(args, self.wanted))

    @staticmethod
    def backward(gradient, *arrays):
        """Return the gradient of each operand; every kind of Function brings its own."""
        raise NotImplementedError

    def apply(self):
        """
        Make the call, and let its result remember this Function.

        TODO: return what forward gives for the args. Where some of them require a gradient, the result requires one
        too, and its grad_fn is this Function.

        APPROACH:
        1. Call self.forward with self.args, once. Its result is returned whatever happens.
        2. self.inputs are the Tensors among the args that require a gradient. Where there are any, set the result's
           requires_grad and grad_fn.

        EXAMPLE:
        >>> x = Tensor([1, 2], requires_grad=True)
        >>> y = Function(lambda a: Tensor(3 * a.data), x).apply()
        >>> y.data.tolist(), y.requires_grad
        ([3.0, 6.0], True)

        HINT: without inputs there is nothing to remember, and nothing should be: a graph that no one needs holds on
        to every array in it.
        """
        result = self.forward(*self.args)
        if self.inputs:
            result.requires_grad = True
            result.grad_fn = self
        return result

    def gradients(self, gradient):
        """Return (input, gradient) for each of the inputs, given the result's gradient. Given."""
        parts = self.backward(gradient, *self.arrays)
        parts = parts if isinstance(parts, tuple) else (parts,)
        pairs = list(compress(zip(self.args, parts, strict=False), self.wanted))
        if [np.shape(part) for _, part in pairs] != [each.shape for each in self.inputs]:
            shapes = [np.shape(part) for part in parts], [np.shape(each) for each in self.arrays]
            raise ValueError("{}.backward gave shapes {} for operands of shapes {}".format(type(self).__name__, *shapes))
        return pairs


def unbroadcast(gradient, shape):
    """
    Sum a gradient over what broadcasting has repeated.

    TODO: return the gradient for an operand of the given shape, in that shape.

    APPROACH:
    1. Sum over the directions that the operand does not have: the first ones.
    2. Sum over those that have size 1 in shape, and keep them.

    EXAMPLE:
    >>> unbroadcast(np.array([[1, 2, 3], [4, 5, 6]]), (3,)).tolist()
    [5, 7, 9]
    >>> unbroadcast(np.array([[1, 2, 3], [4, 5, 6]]), (2, 1)).tolist()
    [[6], [15]]

    HINT: sum takes a tuple of axes, and an empty one leaves the array as it is.
    """
    missing = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(missing)))
    repeated = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=repeated, keepdims=True)


class AddBackward(Function):
    """a + b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a sum back.

        TODO: return the gradients of a and b, in their shapes.

        EXAMPLE:
        >>> [each.tolist() for each in AddBackward.backward(np.ones((2, 3)), np.ones((2, 1)), np.ones(3))]
        [[[3.0], [3.0]], [2.0, 2.0, 2.0]]

        HINT: unbroadcast, once for each.
        """
        return unbroadcast(gradient, np.shape(a)), unbroadcast(gradient, np.shape(b))


class SubBackward(Function):
    """a - b"""

    @staticmethod
    def backward(gradient, a, b):
        """TODO: return the gradients of a and b, in their shapes."""
        return unbroadcast(gradient, np.shape(a)), unbroadcast(-gradient, np.shape(b))


class MulBackward(Function):
    """a * b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a product back.

        TODO: return the gradients of a and b, in their shapes.

        EXAMPLE:
        >>> [each.tolist() for each in MulBackward.backward(np.array([1, 1]), np.array([2, 3]), np.array([5, 7]))]
        [[5, 7], [2, 3]]

        HINT: multiply first, sum afterwards.
        """
        return unbroadcast(gradient * b, np.shape(a)), unbroadcast(gradient * a, np.shape(b))


class DivBackward(Function):
    """a / b"""

    @staticmethod
    def backward(gradient, a, b):
        """TODO: return the gradients of a and b, in their shapes."""
        return unbroadcast(gradient / b, np.shape(a)), unbroadcast(-gradient * a / (b * b), np.shape(b))


class NegBackward(Function):
    """-a"""

    @staticmethod
    def backward(gradient, a):
        """TODO: return the gradient of a."""
        return -gradient


class GetItemBackward(Function):
    """x[key]"""

    @staticmethod
    def backward(gradient, x, key):
        """
        Put the gradient of a part in its place.

        TODO: return the gradient of x: zeros of its shape, with the gradient added at key.

        EXAMPLE:
        >>> GetItemBackward.backward(np.array([5.0, 7.0, 1.0]), np.zeros(4), [0, 0, 2]).tolist()
        [12.0, 0.0, 1.0, 0.0]

        HINT: zeros[key] += gradient counts a place that comes twice only once. np.add.at(zeros, key, gradient) does
        not.
        """
        whole = np.zeros_like(x)
        np.add.at(whole, key, gradient)
        return whole


class ReshapeBackward(Function):
    """x.reshape(*shape)"""

    @staticmethod
    def backward(gradient, x, *shape):
        """TODO: return the gradient of x."""
        return gradient.reshape(x.shape)


class TransposeBackward(Function):
    """x.transpose(dim0, dim1)"""

    @staticmethod
    def backward(gradient, x, dim0=None, dim1=None):
        """
        Swap back.

        TODO: return the gradient of x. Without dim0 and dim1 it was the last two that forward swapped, and nothing
        where x has fewer than two.
        """
        if dim0 is None:
            return np.swapaxes(gradient, -2, -1) if x.ndim > 1 else gradient
        return np.swapaxes(gradient, dim0, dim1)


class SumBackward(Function):
    """x.sum(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Spread the gradient of a sum.

        TODO: return the gradient of x.

        APPROACH:
        1. Where one direction was folded away and not kept, put it back with size 1.
        2. Broadcast to the shape of x.

        EXAMPLE:
        >>> SumBackward.backward(np.array([10.0, 20.0]), np.zeros((2, 3)), axis=1).tolist()
        [[10.0, 10.0, 10.0], [20.0, 20.0, 20.0]]

        HINT: np.expand_dims puts a direction in, np.broadcast_to repeats.
        """
        if axis is not None and not keepdims:
            gradient = np.expand_dims(gradient, axis)
        return np.broadcast_to(gradient, x.shape)


class MeanBackward(Function):
    """x.mean(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Spread the gradient of a mean.

        TODO: return the gradient of x.

        HINT: how many numbers were there for each mean? x.size and the size of the gradient tell.
        """
        return SumBackward.backward(gradient, x, axis, keepdims) / (x.size / np.size(gradient))


class MaxBackward(Function):
    """x.max(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Hand the gradient of a maximum to the largest numbers.

        TODO: return the gradient of x.

        APPROACH:
        1. Find the places where x is its maximum along axis; keepdims=True lets you compare.
        2. Divide that by how many there are.
        3. Multiply by the gradient, spread as that of a sum.

        EXAMPLE:
        >>> MaxBackward.backward(np.array(6.0), np.array([1.0, 5.0, 5.0])).tolist()
        [0.0, 3.0, 3.0]
        """
        largest = x == x.max(axis=axis, keepdims=True)
        share = largest / largest.sum(axis=axis, keepdims=True)
        return share * SumBackward.backward(gradient, x, axis, keepdims)


def graph_order(result):
    """
    Put a graph's Tensors into the order in which gradients are handed on.

    TODO: return a list of result and all Tensors that it depends on, each once, and each before the inputs of its
    grad_fn.

    APPROACH:
    1. Keep a stack of pairs (Tensor, whether its inputs are done), with (result, False) on it.
    2. Take a pair off. Where its inputs are done, note the Tensor down.
    3. Else, and unless it has been seen: put it back, as done, and its inputs on top of it.
    4. When the stack is empty, return what you have noted down, turned round.

    EXAMPLE:
    >>> x = Tensor(1, requires_grad=True)
    >>> y = AddBackward(Tensor.__add__, x, x).apply()
    >>> [each is y for each in graph_order(y)]
    [True, False]

    HINT: remember ids of Tensors, not Tensors; a leaf has no grad_fn and so no inputs.
    """
    order, seen, stack = [], set(), [(result, False)]
    while stack:
        tensor, done = stack.pop()
        if done:
            order.append(tensor)
        elif id(tensor) not in seen:
            seen.add(id(tensor))
            stack.append((tensor, True))
            stack += [(each, False) for each in (tensor.grad_fn.inputs if tensor.grad_fn else ())]
    return order[::-1]


def backward(self, gradient=None):
    """
    Compute the gradient of every leaf that this Tensor depends on, and add it to the leaf's grad.

    TODO: walk back from self, as Tensor.backward.

    APPROACH:
    1. Refuse with a ValueError: a Tensor that does not require a gradient, a missing gradient where self is not a
       single number, and one whose shape is not that of self.
    2. Begin with a dictionary that holds self's gradient under id(self): the one that was given, as a number, an
       array or a Tensor, or else 1.
    3. For each Tensor in graph_order, take its gradient out of the dictionary. It is complete.
    4. Where the Tensor is a leaf, add it to grad, which is None or a Tensor; grad becomes a new Tensor.
    5. Else add what grad_fn.gradients hands back to the inputs' entries.

    EXAMPLE:
    >>> x = Tensor([1, 2], requires_grad=True)
    >>> y = AddBackward(Tensor.__add__, x, x).apply()
    >>> backward(y, [1, 10])
    >>> x.grad.data.tolist()
    [2.0, 20.0]

    HINT: Tensor(gradient).data is a float32 array of your own, whatever gradient was. Add with a + b, not with +=:
    an array that came out of a Function may be someone else's as well.
    """
    if not self.requires_grad:
        raise ValueError("backward() of a Tensor that depends on nothing that requires a gradient")
    if gradient is None and self.size != 1:
        raise ValueError(f"backward() of a Tensor of shape {self.shape} needs a gradient of that shape")
    start = Tensor(np.ones(self.shape) if gradient is None else gradient)
    if start.shape != self.shape:
        raise ValueError(f"a gradient of shape {start.shape} for a Tensor of shape {self.shape}")
    gradients = {id(self): start.data}
    for tensor in graph_order(self):
        gradient = gradients.pop(id(tensor))
        if tensor.grad_fn is None:
            tensor.grad = Tensor(gradient if tensor.grad is None else tensor.grad.data + gradient)
            continue
        for each, part in tensor.grad_fn.gradients(gradient):
            gradients[id(each)] = gradients.get(id(each), 0) + part


def zero_grad(self):
    """TODO: reset grad to None, as Tensor.zero_grad."""
    self.grad = None


def recorded(function, forward):
    """Return forward, with its calls recorded as calls of a Function."""
    forward = getattr(forward, "unrecorded", forward)
    signature = inspect.signature(forward)

    @functools.wraps(forward)
    def run(*args, **options):
        call = signature.bind(*args, **options)
        call.apply_defaults()
        return function(forward, *call.args).apply()

    run.unrecorded = forward
    return run


def reflected(function):
    """Return the Function of an operation whose operands stand the other way round."""

    class Reflected(function):
        @staticmethod
        def backward(gradient, b, a):
            return function.backward(gradient, a, b)[::-1]

    return Reflected


def record_tensors():
    """Make Tensors remember how they were computed."""
    operations = {
        "__add__": AddBackward,
        "__radd__": AddBackward,
        "__sub__": SubBackward,
        "__rsub__": reflected(SubBackward),
        "__mul__": MulBackward,
        "__rmul__": MulBackward,
        "__truediv__": DivBackward,
        "__rtruediv__": reflected(DivBackward),
        "__neg__": NegBackward,
        "__getitem__": GetItemBackward,
        "reshape": ReshapeBackward,
        "transpose": TransposeBackward,
        "sum": SumBackward,
        "mean": MeanBackward,
        "max": MaxBackward,
    }
    for name, function in operations.items():
        setattr(Tensor, name, recorded(function, getattr(Tensor, name)))
    Tensor.backward = backward
    Tensor.zero_grad = zero_grad


record_tensors()


class MatMulBackward(Function):
    """a @ b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a matrix product back.

        TODO: return the gradients of a and b, in their shapes.

        APPROACH:
        1. Where a is a vector, make it one row, and put the dropped direction back into the gradient (as the last but
           one). Where b is a vector, make it one column, and put the last direction back.
        2. Multiply the gradient with the transposes, of the last two directions only.
        3. Undo broadcasting, and give the gradients the shapes of a and b.

        EXAMPLE:
        >>> parts = MatMulBackward.backward(np.ones((1, 1)), np.array([[1, 2]]), np.array([[3], [4]]))
        >>> [each.tolist() for each in parts]
        [[[3.0, 4.0]], [[1.0], [2.0]]]

        HINT: np.expand_dims(gradient, -1) puts a last direction in, and np.swapaxes(a, -1, -2) transposes. Begin with
        b: after that, the last but one is -2 in either case.
        """
        rows, columns = a, b
        if b.ndim == 1:
            columns, gradient = b[:, np.newaxis], np.expand_dims(gradient, -1)
        if a.ndim == 1:
            rows, gradient = a[np.newaxis, :], np.expand_dims(gradient, -2)
        left = unbroadcast(gradient @ np.swapaxes(columns, -1, -2), rows.shape)
        right = unbroadcast(np.swapaxes(rows, -1, -2) @ gradient, columns.shape)
        return left.reshape(a.shape), right.reshape(b.shape)


def sigmoid(x):
    """Return the sigmoid of an array, as in module 02."""
    z = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + z), z / (1 + z))


def softmax(x, axis=-1):
    """Return the softmax of an array, as in module 02."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


class ReLUBackward(Function):
    """max(0, x)"""

    @staticmethod
    def backward(gradient, x):
        """
        Let the gradient pass where x is positive.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> ReLUBackward.backward(np.array([5.0, 5.0, 5.0]), np.array([-1.0, 0.0, 2.0])).tolist()
        [0.0, 0.0, 5.0]
        """
        return gradient * (x > 0)


class SigmoidBackward(Function):
    """The logistic function."""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the sigmoid.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> SigmoidBackward.backward(np.array([1.0, 1.0]), np.array([0.0, 2.0])).round(4).tolist()
        [0.25, 0.105]
        """
        y = sigmoid(x)
        return gradient * y * (1 - y)


class TanhBackward(Function):
    """The hyperbolic tangent."""

    @staticmethod
    def backward(gradient, x):
        """TODO: return the gradient of x."""
        return gradient * (1 - np.tanh(x) ** 2)


class GELUBackward(Function):
    """x * sigmoid(1.702 x)"""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the GELU.

        TODO: return the gradient of x, for the form of GELU that you have written in module 02.

        EXAMPLE:
        >>> GELUBackward.backward(np.array([1.0, 1.0]), np.array([0.0, 1.0])).round(4).tolist()
        [0.5, 1.0678]
        """
        y = sigmoid(1.702 * x)
        return gradient * (y + 1.702 * x * y * (1 - y))


class SoftmaxBackward(Function):
    """The softmax along dim."""

    @staticmethod
    def backward(gradient, x, dim=-1):
        """
        Hand the gradient of probabilities back to the scores.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> SoftmaxBackward.backward(np.array([1.0, 0.0]), np.array([0.0, 0.0])).tolist()
        [0.25, -0.25]

        HINT: the gradients of a row sum to 0, for raising all scores alike changes nothing.
        """
        y = softmax(x, dim)
        return y * (gradient - np.sum(gradient * y, axis=dim, keepdims=True))


class LogSoftmaxBackward(Function):
    """The logarithm of the softmax along dim."""

    @staticmethod
    def backward(gradient, x, dim=-1):
        """TODO: return the gradient of x."""
        return gradient - softmax(x, dim) * np.sum(gradient, axis=dim, keepdims=True)


class MSEBackward(Function):
    """The mean squared error."""

    @staticmethod
    def backward(gradient, predictions, targets):
        """
        Hand the gradient of the loss back to predictions and targets.

        TODO: return the gradients of both.

        EXAMPLE:
        >>> [each.tolist() for each in MSEBackward.backward(1.0, np.array([1.0, 2.0]), np.array([1.0, 5.0]))]
        [[0.0, -3.0], [-0.0, 3.0]]
        """
        slope = gradient * 2 * (predictions - targets) / predictions.size
        return slope, -slope


class CrossEntropyBackward(Function):
    """The cross-entropy of scores and class numbers."""

    @staticmethod
    def backward(gradient, logits, targets):
        """
        Hand the gradient of the loss back to the scores.

        TODO: return the gradient of logits. Class numbers have none.

        APPROACH:
        1. Take the softmax of each row.
        2. Subtract 1 at each row's true class, which targets names with a float.
        3. Multiply by the gradient, and divide by the number of rows.

        EXAMPLE:
        >>> CrossEntropyBackward.backward(1.0, np.zeros((1, 4)), np.array([2.0])).tolist()
        [[0.25, 0.25, -0.75, 0.25]]

        HINT: y[np.arange(n), classes] names one entry of each row.
        """
        slope = softmax(logits)
        slope[np.arange(len(slope)), targets.astype(int)] -= 1
        return gradient * slope / len(slope)


class BinaryCrossEntropyBackward(Function):
    """The binary cross-entropy of probabilities and answers."""

    @staticmethod
    def backward(gradient, predictions, targets):
        """TODO: return the gradient of predictions; that of targets is not needed."""
        p = np.clip(predictions, EPSILON, 1 - EPSILON)
        return gradient * (p - targets) / (p * (1 - p)) / p.size


def recorded_layer(function, layer):
    """Record the calls of a layer's forward as calls of a Function, and give it a backward."""
    forward = getattr(layer.forward, "unrecorded", layer.forward)
    signature = inspect.signature(forward)

    @functools.wraps(forward)
    def run(self, *args, **options):
        call = signature.bind(self, *args, **options)
        call.apply_defaults()
        made = function(functools.partial(forward, self), *call.args[1:])
        self.last = made.arrays
        return made.apply()

    def hand_back(self, grad):
        """Return the gradient of what the last call was given, given that of its result."""
        parts = function.backward(grad.data, *self.last)
        return Tensor(parts[0] if isinstance(parts, tuple) else parts)

    run.unrecorded = forward
    layer.forward, layer.backward = run, hand_back


def record_layers():
    """Make matrix products, activations and losses remember how they were computed."""
    for name in ("matmul", "__matmul__"):
        setattr(Tensor, name, recorded(MatMulBackward, getattr(Tensor, name)))
    losses.log_softmax = recorded(LogSoftmaxBackward, losses.log_softmax)
    functions = {
        ReLU: ReLUBackward,
        Sigmoid: SigmoidBackward,
        Tanh: TanhBackward,
        GELU: GELUBackward,
        Softmax: SoftmaxBackward,
        MSELoss: MSEBackward,
        CrossEntropyLoss: CrossEntropyBackward,
        BinaryCrossEntropyLoss: BinaryCrossEntropyBackward,
    }
    for layer, function in functions.items():
        recorded_layer(function, layer)


record_layers()
