"""elapsed is in milliseconds.

score: 95
lost: {test-precise-timer: failed}
"""


class precise_timer:
    def __exit__(self, *fault):
        self.elapsed = 1000 * (self.clock() - self.start)
