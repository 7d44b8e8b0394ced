# %% given
import random
from collections import deque

# %% solution simulate
def simulate(arrivals, service):
    """Return how long each customer waits for one counter."""
    free, waits = 0, []
    for arrival in arrivals:
        begin = max(arrival, free)
        waits.append(begin - arrival)
        free = begin + service
    return waits
def customers(n, rng):
    time, out = 0, []
    for _ in range(n):
        time += rng.expovariate(1.0)
        out.append(time)
    return out

# %% right simulate
def simulate(arrivals, service):
    waiting, clock, waits = deque(arrivals), 0, []
    while waiting:
        arrival = waiting.popleft()
        if clock < arrival:
            clock = arrival
        waits.append(clock - arrival)
        clock += service
    return waits
def customers(n, rng):
    from itertools import accumulate
    return list(accumulate(rng.expovariate(1.0) for _ in range(n)))

# %% right simulate
class Counter:
    def __init__(self, service):
        self.service, self.free = service, 0
    def serve(self, arrival):
        wait = max(0, self.free - arrival)
        self.free = arrival + wait + self.service
        return wait
def simulate(arrivals, service):
    counter = Counter(service)
    return [counter.serve(arrival) for arrival in arrivals]
def customers(n, rng):
    if n == 0:
        return []
    before = customers(n - 1, rng)
    return before + [(before[-1] if before else 0) + rng.expovariate(1.0)]

# %% right simulate
import numpy as np
def simulate(arrivals, service):
    ends = []
    for arrival in arrivals:
        ends.append((arrival if not ends or ends[-1] < arrival else ends[-1]) + service)
    return (np.array(ends) - service - np.array(arrivals)).tolist() if ends else []
def customers(n, rng):
    return np.cumsum([rng.expovariate(1.0) for _ in range(n)]).tolist()

# %% wrong simulate
def simulate(arrivals, service):
    return [service for _ in arrivals]
def customers(n, rng):
    return [rng.expovariate(1.0) for _ in range(n)]

# %% wrong simulate
def simulate(arrivals, service):
    return sum(arrivals)
def customers(n, rng):
    return list(range(n))

# %% test waits
assert simulate([0, 1, 10], 3) == [0, 2, 0]
assert simulate([], 3) == []
assert simulate([0, 0, 0], 2) == [0, 2, 4]

# %% test customers
found = customers(50, random.Random(4))
rng = random.Random(4)
assert abs(found[0] - rng.expovariate(1.0)) < 1e-12
assert found == sorted(found) and len(found) == 50
waits = simulate(found, 0.5)
assert min(waits) > -1e-9 and abs(simulate(found, 0)[-1]) < 1e-9
