"""The walk counts up until there is an IndexError, and the squares have none.

score: 50
lost: {test-dataset: failed}
"""


class Dataset:
    def __iter__(self):
        index = 0
        while True:
            try:
                yield self[index]
            except IndexError:
                return
            index += 1
