"""The data set is its own iterator, so that there is one walk.

score: 50
lost: {test-dataset: failed}
"""


class Dataset:
    def __iter__(self):
        self.place = getattr(self, "place", 0)
        return self

    def __next__(self):
        if self.place >= len(self):
            raise StopIteration
        self.place += 1
        return self[self.place - 1]
