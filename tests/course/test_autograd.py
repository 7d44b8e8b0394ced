"""What importing autograd does to the modules before it: they record, and compute what they computed."""

import ast
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.sandbox.confine import Level
from tito.sandbox.limits import Limits

ROOT = Path(__file__).parents[2]
CHAIN = [f"tinytorch.core.{name}" for name in ("tensor", "activations", "layers", "losses", "autograd")]


def run(code):
    """Run code in a fresh interpreter, for importing autograd changes classes for good; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_a_wrong_relu_stays_wrong_when_autograd_is_imported():
    printed = run("""
        from tinytorch.core import activations
        from tinytorch.core.tensor import Tensor
        activations.ReLU.forward = lambda self, x: Tensor(x.data - 7)
        import tinytorch.core.autograd
        x = Tensor([1, 2], requires_grad=True)
        print(*activations.ReLU()(x).data, *activations.ReLU()(Tensor([1, 2])).data)
    """)
    assert printed == ["-6.0", "-5.0", "-6.0", "-5.0"]


def test_a_method_written_through_others_is_recorded_once():
    printed = run("""
        from tinytorch.core.tensor import Tensor
        Tensor.mean = lambda self, axis=None, keepdims=False: self.sum() * (1 / self.size)
        Tensor.__radd__ = Tensor.__add__
        import tinytorch.core.autograd
        x = Tensor([1, 2], requires_grad=True)
        (5 + x).mean().backward()
        print(*x.grad.data, type(x.mean().grad_fn).__name__)
    """)
    assert printed == ["0.5", "0.5", "MeanBackward"]


def test_reloading_records_nothing_twice():
    printed = run("""
        import importlib
        from tinytorch.core.tensor import Tensor
        original = Tensor.__add__
        import tinytorch.core.autograd
        for _ in range(3):
            importlib.reload(tinytorch.core.autograd)
        x = Tensor(1, requires_grad=True)
        (x + x).backward()
        print(Tensor.__add__.unrecorded is original, x.grad.data)
    """)
    assert printed == ["True", "2.0"]


def test_tensors_may_be_given_by_name():
    printed = run("""
        import tinytorch.core.autograd
        from tinytorch.core.losses import MSELoss
        from tinytorch.core.tensor import Tensor
        x, w = Tensor([[1, 2]], requires_grad=True), Tensor([[3], [4]], requires_grad=True)
        MSELoss()(targets=Tensor([[1]]), predictions=x.matmul(other=w)).backward()
        print(*x.grad.data[0], *w.grad.data[:, 0])
    """)
    assert printed == ["60.0", "80.0", "20.0", "40.0"]


def test_gradients_are_float32_whatever_is_given():
    printed = run("""
        import numpy as np
        import tinytorch.core.autograd
        from tinytorch.core.tensor import Tensor
        x = Tensor(np.arange(3, dtype=np.float64), requires_grad=True)
        for gradient in (np.ones(3), np.ones(3, dtype=int), [1, 1, 1], Tensor([1, 1, 1])):
            (x / np.float64(4)).backward(gradient)
        print(x.grad.data.dtype, *x.grad.data)
    """)
    assert printed == ["float32", "1.0", "1.0", "1.0"]


def test_a_graph_can_be_walked_twice_and_remembers_its_arrays():
    printed = run("""
        import tinytorch.core.autograd
        from tinytorch.core.tensor import Tensor
        x = Tensor(3, requires_grad=True)
        y = x * x
        x.data = x.data * 100
        y.backward()
        y.backward()
        print(x.grad.data)
    """)
    assert printed == ["12.0"]


def test_a_backward_of_the_wrong_shape_is_named():
    printed = run("""
        from tinytorch.core.autograd import Function
        from tinytorch.core.tensor import Tensor

        class Odd(Function):
            backward = staticmethod(lambda gradient, x: gradient[0])

        x = Tensor([1, 2], requires_grad=True)
        try:
            Odd(lambda x: Tensor(x.data), x).apply().backward([1, 1])
        except ValueError as fault:
            print(fault)
    """)
    assert " ".join(printed) == "Odd.backward gave shapes [()] for operands of shapes [(2,)]"


@pytest.fixture(scope="module")
def session():
    with Zygote(Level.LIMITS, Limits(cpu=20)) as zygote:
        zygote.load({name: ROOT.joinpath(*name.split(".")).with_suffix(".py").read_text("utf-8") for name in CHAIN})
        started = Session(zygote, zygote.spawn(), Contract(recording=True), {__name__})
        started.ready()
        started.start(10)
        yield started
        started.close()


def test_a_later_module_finds_its_prerequisites_recorded(session):
    code = """
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss
from tinytorch.core.activations import ReLU
from tinytorch.core.tensor import Tensor

network = Sequential(Linear(3, 4), ReLU(), Linear(4, 2))
CrossEntropyLoss()(network(Tensor([[1, 2, 3]])), Tensor([1])).backward()
shapes = [each.grad.shape for each in network.parameters()]
"""
    assert session.run("work", [("work.py", 1, code)]) == []
    assert session.find("work", "shapes") == [(3, 4), (4,), (4, 2), (2,)]


def test_the_example_uses_the_exported_package_alone():
    tree = ast.parse((ROOT / "tinytorch/examples/mlp.py").read_text("utf-8"))
    plain = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    parts = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert plain == {"numpy", "tinytorch.core.autograd"}
    assert parts == {"__future__", *CHAIN[:4]}


def test_the_example_puts_95_in_100_points_on_the_right_spiral():
    *_, reached = run("""
        from tinytorch.examples.mlp import main
        print(main())
    """)
    assert float(reached) >= 0.95


# Each computation on Tensors, and its twin on float64 arrays. Both get x (2, 3), y (3,) and m (3, 2).
EXPRESSIONS = {
    "3 - x / y": (lambda x, y, m: 3 - x / y, lambda x, y, m: 3 - x / y),
    "2 / x + y * x": (lambda x, y, m: 2 / x + y * x, lambda x, y, m: 2 / x + y * x),
    "5 + -x * 2": (lambda x, y, m: 5 + -x * 2, lambda x, y, m: 5 + -x * 2),
    "x @ m @ x": (lambda x, y, m: x @ m @ x, lambda x, y, m: x @ m @ x),
    "x @ y + y @ m": (lambda x, y, m: x @ y + y @ m, lambda x, y, m: x @ y + y @ m),
    "mean over a sum": (
        lambda x, y, m: (x - x.mean(axis=0, keepdims=True)) * x.sum(1).reshape(2, 1),
        lambda x, y, m: (x - x.mean(axis=0, keepdims=True)) * x.sum(1).reshape(2, 1),
    ),
    "max and parts": (
        lambda x, y, m: x.max(axis=1) * x[:, 1] + y[[0, 0]] - m.transpose()[0, :2],
        lambda x, y, m: x.max(axis=1) * x[:, 1] + y[[0, 0]] - m.T[0, :2],
    ),
    "one Tensor many ways": (
        lambda x, y, m: (x * x - x / 2 + x) * (x * x).sum() + x.transpose(0, 1).max(),
        lambda x, y, m: (x * x - x / 2 + x) * (x * x).sum() + x.T.max(),
    ),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_gradients_through_a_graph_are_those_of_central_differences(session, name):
    on_tensors, on_arrays = EXPRESSIONS[name]
    random = np.random.default_rng(11)
    arrays = [1 + random.random(shape) for shape in ((2, 3), (3,), (3, 2))]
    kind = session.find("tinytorch.core.tensor", "Tensor")
    tensors = [kind(each, requires_grad=True) for each in arrays]
    gradient = random.normal(size=on_arrays(*arrays).shape)
    on_tensors(*tensors).backward(gradient)
    for place, tensor in enumerate(tensors):
        expected = _measured(on_arrays, arrays, place, gradient)
        got = np.zeros_like(expected) if tensor.grad is None else tensor.grad.data
        assert np.allclose(got, expected, rtol=1e-4, atol=1e-5)


def _measured(compute, arrays, place, gradient, step=1e-6):
    slopes = np.zeros_like(arrays[place])
    for index in np.ndindex(slopes.shape):
        up, down = ([each.copy() for each in arrays] for _ in range(2))
        up[place][index] += step
        down[place][index] -= step
        slopes[index] = np.sum(gradient * (compute(*up) - compute(*down))) / (2 * step)
    return slopes
