"""The walk ends one example too early.

score: 50
lost: {test-dataset: failed}
"""


class Dataset:
    def __iter__(self):
        for index in range(len(self) - 1):
            yield self[index]
