"""The clock that is given is not looked at.

score: 95
lost: {test-precise-timer: failed}
"""


class precise_timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *fault):
        self.elapsed = time.perf_counter() - self.start
