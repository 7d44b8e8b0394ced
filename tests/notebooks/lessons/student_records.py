# %% given
from dataclasses import dataclass, field
@dataclass
class Student:
    name: str
    grades: list = field(default_factory=list)
    def mean(self):
        return sum(self.grades) / len(self.grades)
students = [Student("Ann", [1, 2]), Student("Ben", [3, 5]), Student("Cleo", [2, 2])]

# %% solution rank
def ranked(students):
    return sorted(students, key=lambda student: (-student.mean(), student.name))
def curve(student, points):
    student.grades = [grade + points for grade in student.grades]

# %% right rank
from operator import methodcaller
def ranked(students):
    return sorted(sorted(students, key=lambda s: s.name), key=methodcaller("mean"), reverse=True)
def curve(student, points):
    for place in range(len(student.grades)):
        student.grades[place] += points

# %% right rank
def ranked(students):
    left, out = list(students), []
    while left:
        best = left[0]
        for student in left[1:]:
            if (student.mean(), best.name) > (best.mean(), student.name):
                best = student
        left.remove(best)
        out.append(best)
    return out
def curve(student, points):
    student.grades[:] = [points + grade for grade in student.grades]

# %% right rank
import heapq
def ranked(students):
    return heapq.nsmallest(len(students), students, key=lambda s: (-s.mean(), s.name))
import numpy as np
def curve(student, points):
    student.grades = (np.array(student.grades) + points).tolist()

# %% wrong rank
def ranked(students):
    return sorted(students, key=lambda student: student.name)
def curve(student, points):
    return [grade + points for grade in student.grades]

# %% wrong rank
def ranked(students):
    return [student.name for student in students]
def curve(student, points):
    student.grades += [points]

# %% test rank
best = ranked(students)
assert [student.name for student in best] == ["Ben", "Cleo", "Ann"]
assert best[0] == Student("Ben", [3, 5])
assert ranked([]) == []

# %% test curve
someone = Student("Dee", [1, 1])
curve(someone, 2)
assert someone.grades == [3, 3] and someone.mean() == 3
