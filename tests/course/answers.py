"""The sample class of module 02: what each invented student wrote, and what that must score.

An answer replaces the stub of a solution cell; a cell without one stays a stub. `python tests/course/answers.py`
writes the class to `samples/`.
"""

GOOD = {
    "sigmoid-impl": """
z = np.exp(-np.abs(x.data))
return Tensor(np.where(x.data >= 0, 1 / (1 + z), z / (1 + z)))
""",
    "relu-impl": "return Tensor(np.maximum(0, x.data))",
    "tanh-impl": "return Tensor(np.tanh(x.data))",
    "gelu-impl": "return Tensor(x.data * Sigmoid().forward(Tensor(1.702 * x.data)).data)",
    "softmax-impl": """
shifted = np.exp(x.data - np.max(x.data, axis=dim, keepdims=True))
return Tensor(shifted / np.sum(shifted, axis=dim, keepdims=True))
""",
}
NOTHING = dict.fromkeys(GOOD)
SIGMOID, RELU, TANH, GELU, SOFTMAX = GOOD
TESTS = ("test-sigmoid", "test-relu", "test-tanh", "test-gelu", "test-softmax", "module-test")
POINTS = dict.fromkeys(TESTS[:5], 10) | {"module-test": 20}


def but(**changed):
    """Return the good answers with some replaced; None leaves a stub."""
    names = {"sigmoid": SIGMOID, "relu": RELU, "tanh": TANH, "gelu": GELU, "softmax": SOFTMAX}
    return GOOD | {names[name]: answer for name, answer in changed.items()}


# student: (answers, {criterion: status} for all that do not pass, format, what is odd about the file)
CLASS = {
    "ada": (GOOD, {}, "py", ""),
    "babbage": (
        but(
            sigmoid="""
out = np.empty_like(x.data)
up = x.data >= 0
out[up] = 1 / (1 + np.exp(-x.data[up]))
down = np.exp(x.data[~up])
out[~up] = down / (1 + down)
return Tensor(out)
""",
            relu="return Tensor(np.where(x.data > 0, x.data, 0.0))",
            tanh="return Tensor(2 * Sigmoid()(Tensor(2 * x.data)).data - 1)",
            gelu="""
inner = np.sqrt(2 / np.pi) * (x.data + 0.044715 * x.data**3)
return Tensor(0.5 * x.data * (1 + np.tanh(inner)))
""",
        ),
        {},
        "ipynb",
        "",
    ),
    "curie": (
        but(
            sigmoid="return Tensor(0.5 * (1 + np.tanh(0.5 * x.data)))",
            relu="return Tensor(x.data * (x.data > 0))",
            gelu="""
import math

phi = np.vectorize(lambda value: 0.5 * (1 + math.erf(value / math.sqrt(2))))
return Tensor(x.data * phi(x.data))
""",
            softmax="""
out = x.data.astype(np.float64)
out = np.exp(out - out.max(axis=dim, keepdims=True))
out /= out.sum(axis=dim, keepdims=True)
return Tensor(out)
""",
        ),
        {},
        "py",
        "",
    ),
    "dijkstra": (GOOD, {}, "py", "script"),
    "erdos": (
        but(sigmoid="return Tensor(1 / (1 + np.exp(-x.data / 2)))"),
        {"test-sigmoid": "failed", "test-gelu": "failed"},
        "py",
        "",
    ),
    "fermat": (but(tanh="return Tensor(np.clip(x.data, -1, 1))"), {"test-tanh": "failed"}, "ipynb", ""),
    "gauss": (but(tanh="return Tensor(np.tanh(x.data / 2))"), {"test-tanh": "failed"}, "py", ""),
    "hopper": (
        but(gelu="return Tensor(np.where(x.data > 0, x.data, 0.01 * x.data))"),
        {"test-gelu": "failed"},
        "py",
        "",
    ),
    "ito": (
        but(softmax="out = np.exp(x.data - x.data.max())\nreturn Tensor(out / out.sum())"),
        {"test-softmax": "failed"},
        "py",
        "",
    ),
    "johnson": (
        but(
            softmax="""
out = np.exp((x.data - x.data.max(axis=dim, keepdims=True)) / 2)
return Tensor(out / out.sum(axis=dim, keepdims=True))
"""
        ),
        {"test-softmax": "failed"},
        "ipynb",
        "",
    ),
    "kahan": (
        but(softmax="out = np.exp(x.data)\nreturn Tensor(out / out.sum(axis=dim, keepdims=True))"),
        {"test-softmax": "failed"},
        "py",
        "",
    ),
    "lovelace": (but(relu="x.data[x.data < 0] = 0\nreturn x"), {"test-relu": "failed"}, "py", ""),
    "maxwell": (
        but(relu="if (x.data >= 0).all():\n    return x\nreturn Tensor(np.maximum(0, x.data))"),
        {"test-relu": "failed"},
        "py",
        "",
    ),
    "noether": (
        but(gelu=None, softmax=None),
        {"test-gelu": "error", "test-softmax": "error", "module-test": "error"},
        "py",
        "",
    ),
    "oneill": (NOTHING, dict.fromkeys(TESTS, "error"), "py", ""),
    "pascal": (NOTHING, dict.fromkeys(TESTS, "error"), "ipynb", ""),
    "quine": (
        but(tanh="return Tensor(np.tanh(x.data)"),
        {"test-tanh": "missing", "module-test": "missing"},
        "py",
        "",
    ),
    "ramanujan": (GOOD, dict.fromkeys(TESTS, "missing"), "py", "syntax error in a script"),
    "shannon": (GOOD, {}, "py", "raises on import"),
    "turing": (
        but(sigmoid="while True:\n    pass"),
        {"test-sigmoid": "timeout", "test-gelu": "timeout", "module-test": "timeout"},
        "py",
        "",
    ),
    "ulam": (GOOD, {}, "py", "endless loop on import"),
    "vonneumann": (GOOD, {}, "py", "exits on import"),
    "wiles": (GOOD, dict.fromkeys(TESTS, "blocked"), "ipynb", "not a notebook"),
    "xu": (GOOD, {}, "py", "edited locks"),
    "yates": (
        but(relu="return np.maximum(0, x.data)"),
        {"test-relu": "failed", "module-test": "failed"},
        "py",
        "",
    ),
    "zuse": (but(softmax="pass"), {"test-softmax": "failed", "module-test": "failed"}, "ipynb", ""),
}


def expected(student):
    """Return {criterion: (status, points)} for a student."""
    wrong = CLASS[student][1]
    return {name: (wrong.get(name, "passed"), 0 if name in wrong else POINTS[name]) for name in TESTS}
