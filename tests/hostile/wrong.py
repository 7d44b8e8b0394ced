# %% nbgrader={"solution": true, "grade_id": "series"}
# A submission that is wrong everywhere. An attack that follows replaces `answer`, which says what is answered to what.
def wrong(what, *args):
    return {"data": np.zeros(6), "mean": 0.0, "text": "", "list": [], "len": 1, "iter": iter([1.0])}.get(what, args[0])


answer = wrong


class Series:
    def __init__(self, values):
        self.values = values

    data = property(lambda self: answer("data", self))

    def __add__(self, other):
        return answer("sum", Series(self.values), other)

    def __len__(self):
        return answer("len", self)

    def __iter__(self):
        return answer("iter", self)

    def scaled(self, factor):
        return answer("scaled", Series(self.values), factor)

    def mean(self):
        return answer("mean", self)

    def describe(self):
        return answer("text", self)

    def largest(self, count):
        return answer("list", self, count)

    def mapped(self, function):
        return answer("mapped", Series(self.values), function)

    def fill(self, out):
        answer("fill", self, out)

    def vector(self):
        return answer("vector", Series(self.values))

    def norm(self):
        return answer("norm", self)
