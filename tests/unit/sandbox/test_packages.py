"""The packages that courses use most, named in one course and run confined, as root and as an ordinary user.

`nox -s packages` installs them; elsewhere these tests are skipped.
"""

import json
import shutil
from importlib.util import find_spec

import pytest

NAMED = ("pandas", "matplotlib", "scikit-learn", "scipy", "seaborn", "statsmodels", "sympy", "networkx")
IMPORTED = [{"scikit-learn": "sklearn"}.get(name, name) for name in NAMED]
pytestmark = pytest.mark.skipif(not all(map(find_spec, IMPORTED)), reason="not all of the packages are installed")

HEAD = "import numpy as np\nimport pandas as pd\n"
# For each package: what a student writes, and what a test asks of it.
PARTS = {
    "pandas": ("def means(df):\n    {}\n", "return df.groupby('k', as_index=False).mean()", """
df = pd.DataFrame({'k': list('aab'), 'v': [1.0, 3.0, 5.0]})
pd.testing.assert_frame_equal(means(df), pd.DataFrame({'k': list('ab'), 'v': [2.0, 5.0]}))"""),
    "matplotlib": ("import matplotlib.pyplot as plt\ndef draw(ys):\n    {}\n",
                   "fig, ax = plt.subplots(); ax.plot(ys); ax.set_title('ys'); fig.savefig('ys.png'); return ax", """
ax = draw([1, 2, 4])
assert ax.get_title() == 'ys' and list(ax.lines[0].get_ydata()) == [1, 2, 4]"""),
    "scikit-learn": ("from sklearn.linear_model import LinearRegression\nfrom sklearn.cluster import KMeans\ndef slope(x, y):\n    {}\n",
                     "KMeans(2, n_init=1, random_state=0).fit(x); return float(LinearRegression().fit(x, y).coef_[0])", """
x = np.arange(6.0).reshape(-1, 1)
assert np.isclose(slope(x, 3 * x[:, 0]), 3)"""),
    "scipy": ("from scipy import optimize, sparse\ndef root(a):\n    {}\n",
              "sparse.eye(3).tocsr(); return float(optimize.brentq(lambda x: x * x - a, 0, a + 1))", "assert np.isclose(root(2), 2 ** 0.5)"),
    "seaborn": ("import seaborn as sns\ndef bars(df):\n    {}\n", "return len(sns.barplot(df, x='k', y='v').patches)", """
assert bars(pd.DataFrame({'k': list('ab'), 'v': [1, 2]})) == 2"""),
    "statsmodels": ("import statsmodels.api as sm\ndef fit(x, y):\n    {}\n", "return [float(b) for b in sm.OLS(y, sm.add_constant(x)).fit().params]", """
x = np.arange(5.0)
assert np.allclose(fit(x, 2 * x + 1), [1, 2])"""),
    "sympy": ("import sympy\ndef derived(text):\n    {}\n", "return str(sympy.diff(sympy.sympify(text), 'x'))", "assert derived('x**3') == '3*x**2'"),
    "networkx": ("import networkx as nx\ndef hops(edges, a, b):\n    {}\n", "return nx.shortest_path_length(nx.Graph(edges), a, b)",
                 "assert hops([(1, 2), (2, 3)], 1, 3) == 2"),
}  # fmt: skip


def lesson(answer):
    cells = [f'# %% nbgrader={{"locked": true, "grade_id": "setup"}}\n{HEAD}']
    for name, (code, solution, test) in PARTS.items():
        grade_id = name.replace("-", "_")
        cells.append(f'# %% nbgrader={{"solution": true, "grade_id": "{grade_id}"}}\n{code.format(answer(solution))}')
        graded = f'{{"grade": true, "grade_id": "t-{grade_id}", "points": 1}}'
        body = test.strip().replace("\n", "\n    ")
        cells.append(f"# %% nbgrader={graded}\ndef test_{grade_id}():\n    {body}\n")
    return "\n".join(cells)


@pytest.fixture(scope="module")
def course(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("packages")
    for name in ("modules/01_all", "sub/right/01_all", "sub/wrong/01_all"):
        (folder / name).mkdir(parents=True)
    limits = "test_seconds = 10\nload_seconds = 60\nsubmission_seconds = 120\n"
    (folder / "tito.toml").write_text(f"packages = {json.dumps(NAMED)}\n{limits}")
    marked = lesson(lambda solution: f"### BEGIN SOLUTION\n    {solution}\n    ### END SOLUTION")
    (folder / "modules/01_all/all_dev.py").write_text(marked)
    (folder / "sub/right/01_all/all_dev.py").write_text(lesson(lambda solution: solution))
    (folder / "sub/wrong/01_all/all_dev.py").write_text(lesson(lambda _: "return None"))
    tito(root, folder, "lock")
    tito(root, folder, "rubric", "init", "01")
    return folder


def tito(user, folder, *arguments):
    code = f"import os; os.chdir({str(folder)!r}); from tito.cli import main; main()"
    return user.python("-c", code, *arguments)


def test_all_are_locked_apart(course):
    lock = json.loads((course / "graders/01_all/lock.json").read_text())
    assert [each.get("shared", []) for each in lock["criteria"]] == [[]] * len(PARTS)


def test_all_are_graded_confined(course, user, open_folder):
    folder = shutil.copytree(course, open_folder / user.name)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    out = folder / "out.json"
    tito(user, folder, "grade", "01", "sub", "--sandbox", "standard", "--no-gradebook", "--quiet", "--json", out)
    grades = {each["student"]: each for each in json.loads(out.read_text())["data"]["grades"]}
    assert {name: each["earned"] for name, each in grades.items()} == {"right": len(PARTS), "wrong": 0}, grades
    assert grades["right"]["notes"] == []
