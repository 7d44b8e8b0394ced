"""p is not checked.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def __init__(self, p=0.5):
        self.p = p
