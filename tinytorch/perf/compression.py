"""perf.compression: made by `tito export` from 16_compression/compression_dev.py; edit that file."""

import numpy as np

# First of all: it makes what is imported below record.
import tinytorch.core.autograd
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss, log_softmax
from tinytorch.core.tensor import Tensor

__all__ = [
    "KnowledgeDistillation",
    "compress_model",
    "factorize",
    "factorize_layers",
    "linear_layers",
    "low_rank_approximate",
    "magnitude_prune",
    "measure_sparsity",
    "structured_prune",
    "weights_of",
    "with_training",
]


def weights_of(model):
    """List a model's weights: the parameters with two dimensions or more. Biases are not among them. Given."""
    return [each for each in model.parameters() if each.data.ndim > 1]


def linear_layers(model):
    """List a model's linear layers in order, those of chains within it, too. Given."""
    if isinstance(model, Linear):
        return [model]
    return [found for layer in model.layers for found in linear_layers(layer)] if isinstance(model, Sequential) else []


def measure_sparsity(model):
    """
    Say how many of a model's weights are 0.

    TODO: return the share of zeros among all weights in per cent, a float; 0.0 for a model without weights.

    EXAMPLE:
    >>> layer = Linear(2, 2)
    >>> layer.weight = Tensor([[0, 1], [0, 3]])
    >>> measure_sparsity(layer)
    50.0

    HINT: weights_of gives the matrices. Add up zeros and sizes over all of them, and divide once.
    """
    weights = weights_of(model)
    total = sum(each.data.size for each in weights)
    zeros = sum(int((each.data == 0).sum()) for each in weights)
    return 100 * zeros / total if total else 0.0


def magnitude_prune(model, sparsity=0.9):
    """
    Set the smallest weights of a model to 0, in place.

    TODO: set the ⌊sparsity · n⌋ weights of least size to 0, of the n weights of all matrices together; return the
    model. A sparsity outside 0 … 1 is a ValueError.

    APPROACH:
    1. Sort the sizes of all weights.
    2. The threshold is the size at place ⌊sparsity · n⌋; infinity, where that is beyond the last.
    3. Give each weight's data a new array in which all that is smaller than the threshold is 0.

    EXAMPLE:
    >>> layer = Linear(3, 2)
    >>> layer.weight = Tensor([[0.75, 0.0625], [0.25, -0.5], [0.03125, 0.125]])
    >>> magnitude_prune(layer, 0.5).weight.data.tolist()
    [[0.75, 0.0], [0.25, -0.5], [0.0, 0.0]]

    HINT: an array times a comparison of the same shape is 0 where that is False.
    """
    if not 0 <= sparsity <= 1:
        raise ValueError(f"sparsity is a share between 0 and 1, not {sparsity}")
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    count = int(sparsity * sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for each in weights:
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model


def structured_prune(model, prune_ratio=0.5):
    """
    Set the weakest columns of a model's linear layers to 0, in place.

    TODO: in each linear layer but the last, set the ⌊n · prune_ratio⌋ columns of least norm to 0, and their biases;
    return the model. A ratio outside 0 … 1 is a ValueError.

    APPROACH:
    1. linear_layers lists the layers in order; leave out the last.
    2. Compute the norm of each column, and sort the columns by it.
    3. Multiply weight and bias with an array that holds 0 for the weakest columns and 1 for the others.

    EXAMPLE:
    >>> first, last = Linear(2, 4), Linear(4, 3)
    >>> first.weight = Tensor([[3, 0.1, 1, -2], [4, 0.1, -1, 1]])
    >>> structured_prune(Sequential(first, last), 0.5).layers[0].weight.data.tolist()
    [[3.0, 0.0, 0.0, -2.0], [4.0, 0.0, -0.0, 1.0]]

    HINT: np.linalg.norm takes an axis, np.argsort gives places in order of size.
    """
    if not 0 <= prune_ratio <= 1:
        raise ValueError(f"prune_ratio is a share between 0 and 1, not {prune_ratio}")
    for layer in linear_layers(model)[:-1]:
        norms = np.linalg.norm(layer.weight.data, axis=0)
        stays = np.ones_like(norms)
        stays[np.argsort(norms)[: int(norms.size * prune_ratio)]] = 0
        layer.weight.data = layer.weight.data * stays
        if layer.bias is not None:
            layer.bias.data = layer.bias.data * stays
    return model


def low_rank_approximate(w, rank_ratio=0.5):
    """
    Find the best approximation of a matrix by one of lower rank.

    TODO: return the arrays (U, S, V), of shapes (m, r), (r,) and (r, n), with r = max(1, ⌊rank_ratio · min(m, n)⌋).

    EXAMPLE:
    >>> U, S, V = low_rank_approximate(np.array([[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), 0.5)
    >>> (np.abs(U).tolist(), S.tolist(), np.abs(V).tolist())
    ([[1.0], [0.0], [0.0]], [3.0], [[1.0, 0.0]])

    HINT: np.linalg.svd(w, full_matrices=False) gives all three, sorted. Cut columns of U and rows of V.
    """
    u, s, v = np.linalg.svd(w, full_matrices=False)
    rank = max(1, int(rank_ratio * min(w.shape)))
    return u[:, :rank], s[:rank], v[:rank]


def factorize(linear, rank_ratio=0.5):
    """
    Make two small linear layers of a large one.

    TODO: return a Sequential of two Linears that computes nearly what the given one computes: in → r without a bias,
    and r → out with the old bias, or with none where there was none. All weights require gradients.

    EXAMPLE:
    >>> [weight.shape for weight in weights_of(factorize(Linear(20, 15), 0.4))]
    [(20, 6), (6, 15)]

    HINT: U * S multiplies each column of U by its singular value.
    """
    u, s, v = low_rank_approximate(linear.weight.data, rank_ratio)
    first = Linear(linear.in_features, len(s), bias=False)
    second = Linear(len(s), linear.out_features)
    first.weight, second.weight = Tensor(u * s, requires_grad=True), Tensor(v, requires_grad=True)
    second.bias = linear.bias
    return Sequential(first, second)


def with_training(model, x, *, training):
    """Return model(x), and let dropouts know whether this is training. Given."""
    return model(x, training=training) if isinstance(model, Dropout | Sequential) else model(x)


class KnowledgeDistillation:
    """A teacher, a student, and the loss by which the one learns from the other."""

    def __init__(self, teacher, student, temperature=3.0, alpha=0.7):
        """
        Keep both models and the two settings.

        TODO: set teacher, student, temperature and alpha. A temperature that is not positive, and an alpha outside
        0 … 1, is a ValueError.
        """
        if temperature <= 0:
            raise ValueError(f"a temperature is positive, not {temperature}")
        if not 0 <= alpha <= 1:
            raise ValueError(f"alpha is a share between 0 and 1, not {alpha}")
        self.teacher, self.student = teacher, student
        self.temperature, self.alpha = temperature, alpha

    def distillation_loss(self, student_logits, teacher_logits, labels):
        """
        Measure how far the student is from the teacher and from the labels.

        TODO: return a Tensor of shape (), alpha · T² · KL(teacher ‖ student) + (1 - alpha) · cross-entropy, both
        averaged over the rows. A gradient reaches student_logits and nothing else.

        APPROACH:
        1. log p: the log_softmax of a new Tensor of the teacher's data, divided by T.
        2. log q: the log_softmax of student_logits / T. Compute with Tensors from here on.
        3. Sum p · (log p - log q) over everything, and multiply with T² / (how many rows).
        4. Mix with the CrossEntropyLoss of the student's scores and the labels.

        EXAMPLE:
        >>> teach = KnowledgeDistillation(None, None, temperature=3.0, alpha=1.0)
        >>> loss = teach.distillation_loss(Tensor([[0, 0, 0]]), Tensor([[2, 1, 0]]), Tensor([0]))
        >>> round(loss.data.item(), 6)
        0.324315

        HINT: p is a Tensor of np.exp of log p's data.
        """
        log_p = log_softmax(Tensor(teacher_logits.data / self.temperature))
        log_q = log_softmax(student_logits / self.temperature)
        p = Tensor(np.exp(log_p.data))
        soft = (p * (log_p - log_q)).sum() * (self.temperature**2 / len(p.data))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * self.alpha + hard * (1 - self.alpha)

    def loss(self, x, labels):
        """
        Compute the loss of a batch.

        TODO: return the distillation_loss of what the student gives for x while training and the teacher gives after
        training.

        HINT: with_training(model, x, training=...) calls either.
        """
        taught = with_training(self.teacher, x, training=False)
        return self.distillation_loss(with_training(self.student, x, training=True), taught, labels)


def factorize_layers(model, rank_ratio):
    """
    Factorize the linear layers of a chain, in place, where that holds fewer numbers.

    TODO: replace each Linear in model.layers by its factorize where the weights of that are fewer numbers than its
    own; do the same in chains within.

    EXAMPLE:
    >>> model = Sequential(Linear(30, 20), Linear(20, 20))
    >>> factorize_layers(model, 0.5)
    >>> [type(layer).__name__ for layer in model.layers]
    ['Sequential', 'Linear']
    """
    for place, layer in enumerate(model.layers):
        if isinstance(layer, Sequential):
            factorize_layers(layer, rank_ratio)
        elif isinstance(layer, Linear):
            pair = factorize(layer, rank_ratio)
            if sum(each.data.size for each in weights_of(pair)) < layer.weight.data.size:
                model.layers[place] = pair


def compress_model(model, config):
    """
    Compress a model by a recipe, in place.

    TODO: config is a dict with some of structured_prune, low_rank and magnitude_prune, each with its share. Apply them
    in this order, whatever the dict's is, and return a dict of original_parameters, parameters, nonzero_parameters,
    sparsity, compression_ratio and applied. Other words in config are a ValueError, and change nothing.

    APPROACH:
    1. Refuse unknown words.
    2. Count the parameters; apply the steps; count again, with np.count_nonzero, too.
    3. sparsity is measure_sparsity's; compression_ratio is original_parameters / nonzero_parameters; applied lists the
       steps in order.

    EXAMPLE:
    >>> stats = compress_model(Sequential(Linear(30, 20), Linear(20, 5)), {"low_rank": 0.2})
    >>> stats["original_parameters"], stats["parameters"], stats["applied"]
    (725, 250, ['low_rank'])
    """
    steps = {"structured_prune": structured_prune, "low_rank": factorize_layers, "magnitude_prune": magnitude_prune}
    if not config.keys() <= steps.keys():
        raise ValueError(f"a recipe knows {list(steps)}, not {sorted(config.keys() - steps.keys())}")
    original = sum(each.data.size for each in model.parameters())
    applied = [name for name in steps if name in config]
    for name in applied:
        steps[name](model, config[name])
    nonzero = sum(int(np.count_nonzero(each.data)) for each in model.parameters())
    return {
        "original_parameters": original,
        "parameters": sum(each.data.size for each in model.parameters()),
        "nonzero_parameters": nonzero,
        "sparsity": measure_sparsity(model),
        "compression_ratio": original / nonzero,
        "applied": applied,
    }
