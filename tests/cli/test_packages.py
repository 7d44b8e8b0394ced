"""What a course says of packages: imports beyond them are told on their line, and numpy is one of them."""

import json

LESSON = """
# %% nbgrader={"solution": true, "grade_id": "f"}
def f():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}
def test_f():
    assert f() == 1
"""


def test_a_course_that_names_no_package_needs_no_numpy(course):
    course.write("tito.toml", 'name = "mini"\npackages = []\ntest_seconds = 1\nload_seconds = 1\n')
    course.write("modules/01_double/double_dev.py", LESSON)
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    course.write("in/ann.py", "import numpy\n")
    course.write("in/bob.py", "import sys\n\ndef f():\n    return len({'numpy'} - set(sys.modules))\n")
    course.tito("grade", "01", "in", "--no-gradebook", "--json", "out.json")
    ann, bob = json.loads(course.read("out.json"))["data"]["grades"]
    told = "ann.py:1: ModuleNotFoundError: No module named 'numpy' (submissions may import what comes with Python)"
    assert any(note.startswith(told) for note in ann["notes"]), ann["notes"]
    assert bob["earned"] == 1


def test_a_students_import_names_the_packages_and_an_instructors_the_setting(course):
    course.write("modules/01_double/double_dev.py", f"# %%\nimport no_such_thing\n{LESSON}")
    done = course.tito("lock")
    assert "(submissions may import numpy and what comes with Python)" in " ".join(done.out.split())
    assert "Name its package in the setting `packages`." in " ".join(done.out.split())


def test_doctor_imports_each_of_the_courses_packages_and_says_why_one_fails(course):
    course.write("tito.toml", 'name = "mini"\npackages = ["numpy", "no_such_thing"]\n')
    done = course.tito("doctor", "--json")
    found = {each["package"]: each for each in json.loads(done.out)["data"][0]["imports"]}
    assert done.code == 1
    assert (found["numpy"]["fault"], found["numpy"]["seconds"] > 0) == ("", True)
    assert "Run `pip install no_such_thing`" in found["no_such_thing"]["fault"]
    assert "submissions may import" in course.tito("doctor").out


def test_the_list_of_what_pip_installs(course):
    course.write("tito.toml", 'name = "mini"\npackages = ["numpy", "sklearn"]\n')
    assert course.tito("package", "requirements").out.split() == ["numpy", "scikit-learn"]
