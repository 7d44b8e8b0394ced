"""What the lesson builds on."""

import numpy as np


class Vector:
    """Numbers with a length in space."""

    def __init__(self, data):
        self.data = np.asarray(data, dtype=float)

    def norm(self):
        return float(np.sqrt((self.data**2).sum()))
