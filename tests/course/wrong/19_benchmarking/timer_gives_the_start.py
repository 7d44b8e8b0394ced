"""__enter__ returns the time, not the timer.

score: 95
lost: {test-precise-timer: failed}
"""


class precise_timer:
    def __enter__(self):
        self.start = self.clock()
        return self.start
