"""p is 0.1 by default.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def __init__(self, p=0.1):
        if not 0 <= p <= 1:
            raise ValueError("p is between 0 and 1")
        self.p = p
