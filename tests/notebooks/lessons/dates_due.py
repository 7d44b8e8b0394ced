# %% given
from datetime import date, datetime, timedelta
TODAY = date(2024, 2, 27)

# %% solution due
def due(start, days):
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day

# %% right due
def due(start, days):
    weeks, rest = divmod(days, 5)
    day = start + timedelta(weeks=weeks)
    return day if rest == 0 else due_rest(day, rest)
def due_rest(day, rest):
    following = [day + timedelta(days=n) for n in range(1, 8)]
    return [each for each in following if each.isoweekday() <= 5][rest - 1]

# %% right due
import numpy as np
def due(start, days):
    return np.busday_offset(start, days, roll="backward").astype(date)

# %% right due
from itertools import count, islice
def due(start, days):
    work = (each for each in (start + timedelta(n) for n in count(1)) if each.strftime("%a") not in ("Sat", "Sun"))
    return [start, *islice(work, days)][-1]

# %% wrong due
def due(start, days):
    return start + timedelta(days=days)

# %% wrong due
def due(start, days):
    return str(start + timedelta(days=days + 2))

# %% solution left
def left(now, deadline):
    return (deadline - now).total_seconds() / 3600

# %% right left
def left(now, deadline):
    return (deadline - now) / timedelta(hours=1)

# %% wrong left
def left(now, deadline):
    return (deadline - now).seconds / 3600

# %% test due
assert due(TODAY, 1) == date(2024, 2, 28)
assert due(TODAY, 4) == date(2024, 3, 4)
assert due(TODAY, 5) - TODAY == timedelta(days=7)
assert due(TODAY, 3).strftime("%d.%m.%Y") == "01.03.2024"

# %% test left
now = datetime(2024, 2, 27, 12, 0)
assert left(now, now + timedelta(days=2)) == 48
assert round(left(now, datetime(2024, 2, 27, 12, 20)), 3) == 0.333
