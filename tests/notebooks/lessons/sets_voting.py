# %% given
maths, physics = {"Ada", "Emmy", "Alan"}, {"Emmy", "Marie", "Alan"}
votes = ["red", "blue", "red", "green", "blue", "red"]

# %% solution sets
both = maths & physics
either = maths | physics
only_maths = maths - physics

# %% right sets
both = maths.intersection(physics)
either = set(list(maths) + list(physics))
only_maths = frozenset(name for name in maths if name not in physics)

# %% right sets
both = {name for name in maths if name in physics}
either = maths.union(physics)
only_maths = maths.copy()
only_maths.discard("Emmy"); only_maths.discard("Alan")

# %% right sets
both = dict.fromkeys(name for name in maths if name in physics).keys()
either = maths ^ physics | both
only_maths = either - physics

# %% wrong sets
both = maths | physics
either = maths & physics
only_maths = physics - maths

# %% wrong sets
both = ["Emmy", "Alan"]
either = len(maths)
only_maths = "Ada"

# %% solution vote
def elected(votes):
    return max(set(votes), key=votes.count)

# %% right vote
from collections import Counter
def elected(votes):
    (name, _), = Counter(votes).most_common(1)
    return name

# %% wrong vote
def elected(votes):
    return votes[-2]

# %% test sets
assert both == {"Emmy", "Alan"}
assert len(either) == 4 and "Marie" in either
assert only_maths == {"Ada"}

# %% test vote
assert elected(votes) == "red"
assert elected(["x"]) == "x"
