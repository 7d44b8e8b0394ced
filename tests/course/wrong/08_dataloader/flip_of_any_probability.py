"""Any p is taken.

score: 50
lost: {test-augmentation: failed}
"""


class RandomHorizontalFlip:
    def __init__(self, p=0.5):
        self.p = p
