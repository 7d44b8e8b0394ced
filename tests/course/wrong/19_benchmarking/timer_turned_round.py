"""The difference is taken the other way round.

score: 95
lost: {test-precise-timer: failed}
"""


class precise_timer:
    def __exit__(self, *fault):
        self.elapsed = self.start - self.clock()
