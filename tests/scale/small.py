"""Small courses of one module, locked and graded for real, and what their submissions come to."""

from dataclasses import replace

from tito.workflows.course import lock, rubric
from tito.workflows.course.opening import open_course
from tito.workflows.grading.grade import Grading
from tito.workflows.grading.judges import start_pool

HEAD = "# %%\n#| default_exp core.work\n"
SPREAD = "def spread(numbers):\n    ### BEGIN SOLUTION\n    return max(numbers) - min(numbers)\n    ### END SOLUTION"
RIGHT = "def spread(numbers):\n    return max(numbers) - min(numbers)"


def cell(grade_id, code):
    return f'\n# %% nbgrader={{"solution": true, "grade_id": "{grade_id}"}}\n#| export\n{code}\n'


def graded_cell(grade_id, code):
    return f'\n# %% nbgrader={{"grade": true, "grade_id": "{grade_id}", "points": 1}}\n{code}\n'


class Course:
    """A course of one module, and what its submissions come to."""

    def __init__(self, root):
        self.root = root
        (root / "modules" / "01_work").mkdir(parents=True)
        settings = 'name = "mini"\npackage = "mini"\ntest_seconds = 1\nload_seconds = 2\n'
        (root / "tito.toml").write_text(settings)

    def lesson(self, *cells):
        (self.root / "modules/01_work/work_dev.py").write_text(HEAD + "".join(cells))
        self.course = open_course(self.root)
        self.locked = lock.lock(self.course, ["01"])[0]
        rubric.init(self.course, "01")
        return self

    def allow(self, leave):
        """Let the rubric's criteria do something."""
        path = self.root / "rubrics" / "01_work.yaml"
        path.write_text(path.read_text().replace("    points: 1\n", f"    points: 1\n    {leave}\n"))

    def hand_in(self, **students):
        (self.root / "in").mkdir(exist_ok=True)
        for student, code in students.items():
            text = code if isinstance(code, str) else HEAD + "".join(code)
            (self.root / "in" / f"{student}.py").write_text(text)
        return self

    def graded(self, jobs=1, watch=lambda _: None, store=None, **changes):
        course = replace(self.course, settings=replace(self.course.settings, **changes))
        with start_pool(course, jobs) as pool:
            grading = Grading(course, "01", [self.root / "in"], pool, store=store)
            for advance in grading.advance():
                watch(advance)
            return {grade.student: grade for grade in grading.result().grades}


def earned(grades):
    return {student: int(grade.earned) for student, grade in grades.items()}
