"""Each lesson's proofs: the reference earns everything, the stub nothing, and known mistakes exactly their points."""

import doctest
import runpy
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from answers import GELU, GOOD, RELU, SIGMOID, SOFTMAX, TANH
from sample_class import STUB

from tito.model.document import Document, Format
from tito.release import release
from tito.source import parse, write
from tito.workflows.course import find_module, open_course
from tito.workflows.validate import validate

ROOT = Path(__file__).parents[2]
MODULES = [module.id for module in open_course(ROOT).modules]


@pytest.mark.parametrize("module", MODULES)
def test_reference_earns_everything_and_stub_nothing(course, module):
    (found,) = validate(course, [module])
    assert [str(each) for each in found.problems] == []
    assert (found.reference, found.stub) == (found.points, 0)
    assert found.warnings == ()


@pytest.mark.parametrize("form", [Format.PERCENT, Format.NOTEBOOK])
@pytest.mark.parametrize("module", MODULES)
def test_the_source_in_either_format_earns_everything(course, graded, tmp_path, module, form):
    source = find_module(course, module).source
    document = parse(source.read_text("utf-8"), source.name)
    path = tmp_path / f"{source.stem}.{form}"
    path.write_text(write(document, form), "utf-8")
    (grade,) = graded(module, path).values()
    assert grade.earned == grade.possible
    assert grade.notes == ()


@pytest.mark.parametrize("path", sorted((ROOT / "tinytorch/core").glob("[!_]*.py")), ids=lambda path: path.stem)
def test_the_examples_in_docstrings_are_true(path):
    space = runpy.run_path(str(path))
    tests = [
        each for name in space["__all__"] for each in doctest.DocTestFinder().find(space[name], name, globs=space)
    ]
    runner = doctest.DocTestRunner(verbose=False)
    assert [runner.run(each, out=lambda _: None).failed for each in tests] == [0] * len(tests)
    assert sum(len(each.examples) for each in tests) > 0


# What COURSE lists as weak: each must cost its own criterion and no other.
MISTAKES = {
    "sigmoid of x/2": (SIGMOID, "return Tensor(1 / (1 + np.exp(-x.data / 2)))", "test-sigmoid"),
    "sigmoid that overflows to nan": (
        SIGMOID,
        "return Tensor(np.exp(x.data) / (1 + np.exp(x.data)))",
        "test-sigmoid",
    ),
    "sigmoid as hard sigmoid": (SIGMOID, "return Tensor(np.clip(x.data / 4 + 0.5, 0, 1))", "test-sigmoid"),
    "sigmoid in place": (
        SIGMOID,
        "x.data[...] = 1 / (1 + np.exp(-x.data.clip(-88)))\nreturn Tensor(x.data)",
        "test-sigmoid",
    ),
    "tanh of x/2": (TANH, "return Tensor(np.tanh(x.data / 2))", "test-tanh"),
    "tanh as clip": (TANH, "return Tensor(np.clip(x.data, -1, 1))", "test-tanh"),
    "tanh as sign": (TANH, "return Tensor(np.sign(x.data))", "test-tanh"),
    "tanh that overflows": (TANH, "e = np.exp(2 * x.data)\nreturn Tensor((e - 1) / (e + 1))", "test-tanh"),
    "GELU as leaky ReLU": (GELU, "return Tensor(np.where(x.data > 0, x.data, 0.01 * x.data))", "test-gelu"),
    "GELU as ReLU": (GELU, "return Tensor(np.maximum(0, x.data))", "test-gelu"),
    "GELU as SiLU": (GELU, "return Tensor(x.data * Sigmoid().forward(x).data)", "test-gelu"),
    "softmax without dim": (
        SOFTMAX,
        "e = np.exp(x.data - x.data.max())\nreturn Tensor(e / e.sum())",
        "test-softmax",
    ),
    "softmax along the last axis only": (
        SOFTMAX,
        "e = np.exp(x.data - x.data.max(-1, keepdims=True))\nreturn Tensor(e / e.sum(-1, keepdims=True))",
        "test-softmax",
    ),
    "softmax with temperature 2": (
        SOFTMAX,
        "e = np.exp((x.data - x.data.max(dim, keepdims=True)) / 2)\nreturn Tensor(e / e.sum(dim, keepdims=True))",
        "test-softmax",
    ),
    "softmax with base 2": (
        SOFTMAX,
        "e = np.exp2(x.data - x.data.max(dim, keepdims=True))\nreturn Tensor(e / e.sum(dim, keepdims=True))",
        "test-softmax",
    ),
    "softmax without shift": (
        SOFTMAX,
        "e = np.exp(x.data)\nreturn Tensor(e / e.sum(dim, keepdims=True))",
        "test-softmax",
    ),
    "softmax shifted by the largest score of all": (
        SOFTMAX,
        "e = np.exp(x.data - x.data.max())\nreturn Tensor(e / e.sum(dim, keepdims=True))",
        "test-softmax",
    ),
    "ReLU in place": (RELU, "x.data[x.data < 0] = 0\nreturn Tensor(x.data)", "test-relu"),
    "ReLU that returns its input": (
        RELU,
        "return x if (x.data >= 0).all() else Tensor(np.maximum(0, x.data))",
        "test-relu",
    ),
    "ReLU that leaks": (RELU, "return Tensor(np.where(x.data > 0, x.data, 0.01 * x.data))", "test-relu"),
    "ReLU as absolute value": (RELU, "return Tensor(np.abs(x.data))", "test-relu"),
}
CALLS = {
    "call that returns nothing": "    def __call__(self, x: Tensor) -> Tensor:\n        self.forward(x)\n",
    "call that returns its input": "    def __call__(self, x: Tensor) -> Tensor:\n        return x\n",
}
CLASSES = {"Sigmoid": "test-sigmoid", "ReLU": "test-relu", "Tanh": "test-tanh", "GELU": "test-gelu"}


@pytest.fixture(scope="module")
def stub(course) -> Document:
    source = find_module(course, "02").source
    return release(parse(source.read_text("utf-8"), source.name))[0]


def solved(stub, answers):
    def fill(cell):
        answer = answers.get(cell.grade_id)
        if answer is None:
            return cell
        return replace(
            cell, source=STUB.sub(lambda found: textwrap.indent(answer.strip("\n"), found[1]), cell.source)
        )

    return write(replace(stub, cells=tuple(fill(cell) for cell in stub.cells)), Format.PERCENT)


@pytest.fixture(scope="module")
def wrong_grades(stub, graded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    # GELU computes a sigmoid of its own here, so that a wrong Sigmoid is charged to Sigmoid alone.
    own = (
        "z = np.exp(-np.abs(1.702 * x.data))\nreturn Tensor(x.data * np.where(x.data >= 0, 1 / (1 + z), z / (1 + z)))"
    )
    for name, (cell, answer, _) in MISTAKES.items():
        text = solved(stub, {**GOOD, GELU: own, cell: answer})
        (folder / f"{name.replace('/', ' over ')}.py").write_text(text, "utf-8")
    for kind in CLASSES:
        for name, call in CALLS.items():
            head, tail = solved(stub, {**GOOD, GELU: own}).split(f"class {kind}:", 1)
            place = tail.index("    def __call__")
            end = tail.index("    def backward")
            (folder / f"{kind} {name}.py").write_text(
                f"{head}class {kind}:{tail[:place]}{call}\n{tail[end:]}", "utf-8"
            )
    return graded("02", folder)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_costs_its_own_criterion_and_no_other(wrong_grades, name):
    grade = wrong_grades[name.replace("/", " over ")]
    lost = [each.criterion.id for each in grade.criteria if each.earned < each.criterion.points]
    assert lost == [MISTAKES[name][2]]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("kind", CLASSES)
def test_a_broken_call_costs_its_own_criterion_and_no_other(wrong_grades, kind, name):
    grade = wrong_grades[f"{kind} {name}"]
    lost = [each.criterion.id for each in grade.criteria if each.earned < each.criterion.points]
    assert lost == [CLASSES[kind]]
