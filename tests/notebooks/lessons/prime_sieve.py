# %% solution primes
def primes(limit):
    sieve = [True] * (limit + 1)
    sieve[:2] = [False] * min(2, limit + 1)
    for n in range(2, int(limit ** 0.5) + 1):
        if sieve[n]:
            for multiple in range(n * n, limit + 1, n):
                sieve[multiple] = False
    return {n for n, prime in enumerate(sieve) if prime}

# %% right primes
def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))
def primes(limit):
    return set(filter(is_prime, range(limit + 1)))

# %% right primes
def primes(limit):
    candidates = set(range(2, limit + 1))
    for n in range(2, limit + 1):
        candidates -= set(range(2 * n, limit + 1, n))
    return frozenset(candidates)

# %% right primes
import numpy as np
def primes(limit):
    n = np.arange(limit + 1)
    sieve = n > 1
    for d in range(2, int(limit ** 0.5) + 1):
        sieve[d * d::d] = False
    return set(n[sieve])

# %% wrong primes
def primes(limit):
    return {n for n in range(limit) if n % 2 or n == 2}

# %% wrong primes
def primes(limit):
    return sorted(n for n in range(2, limit + 1) if all(n % d for d in range(2, n)))

# %% test primes
assert primes(10) == {2, 3, 5, 7}
assert primes(2) == {2} and primes(1) == set()
assert len(primes(100)) == 25
assert 97 in primes(100) and 91 not in primes(100)
assert primes(30) & {27, 28, 29} == {29}
