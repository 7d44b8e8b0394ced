# %% given
import unittest
from unittest import mock

# %% solution work
LIMIT = 3
def helper():
    return 1
def use():
    return helper() + LIMIT
class Clock:
    def now(self):
        return 5
def late(clock=None):
    return (clock or Clock()).now() > LIMIT

# %% right work
LIMIT = 3
helper = lambda: 1
def use(): return sum([LIMIT, helper()])
class Clock:
    hour = 5
    def now(self): return self.hour
def late(clock=None):
    clock = Clock() if clock is None else clock
    return LIMIT < clock.now()

# %% right work
def helper(): return 1
class Use:
    def __call__(self): return helper() + LIMIT
use = Use()
LIMIT = 3
class Clock:
    @staticmethod
    def now(): return 5
def late(clock=None):
    if not clock:
        clock = Clock()
    return not clock.now() <= LIMIT

# %% wrong work
LIMIT = 3
def helper(): return 1
def use(): return 4
class Clock:
    def now(self): return 5
def late(clock=None): return True

# %% wrong work
LIMIT = 4
def use(): return LIMIT
class Clock:
    def now(self): return 2
def late(clock=Clock()): return clock.now() > 3

# %% test patched
with mock.patch("__main__.helper", return_value=9) as helped:
    assert use() == 12
helped.assert_called_once_with()
assert use() == 4

# %% test named
with mock.patch(f"{__name__}.helper", return_value=2):
    assert use() == 5
with mock.patch("__main__.LIMIT", 10):
    assert use() == 11 and not late()
assert late() and LIMIT == 3

# %% test module
import __main__
__main__.LIMIT = 8
assert use() == 9
assert not late()
__main__.LIMIT = 3
assert __main__.helper() == 1 and use() == 4

# %% test classes
with mock.patch("__main__.Clock") as made:
    made.return_value.now.return_value = 1
    assert not late()
assert made.called
assert late()
