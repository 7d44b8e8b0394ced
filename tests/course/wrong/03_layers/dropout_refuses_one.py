"""p = 1 is refused.

score: 45
lost: {test-dropout: error}
"""


class Dropout:
    def __init__(self, p=0.5):
        if not 0 <= p < 1:
            raise ValueError("p is below 1")
        self.p = p
