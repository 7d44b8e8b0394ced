# %% solution hanoi
def hanoi(n, source="A", target="C", spare="B"):
    if n == 0:
        return []
    return hanoi(n - 1, source, spare, target) + [(source, target)] + hanoi(n - 1, spare, target, source)

# %% right hanoi
def hanoi(n, source="A", target="C", spare="B"):
    moves = []
    def move(n, one, two, three):
        if n:
            move(n - 1, one, three, two)
            moves.append((one, two))
            move(n - 1, three, two, one)
    move(n, source, target, spare)
    return moves

# %% right hanoi
def hanoi(n, source="A", target="C", spare="B"):
    def steps(n, one, two, three):
        if n:
            yield from steps(n - 1, one, three, two)
            yield one, two
            yield from steps(n - 1, three, two, one)
    return list(steps(n, source, target, spare))

# %% right hanoi
def hanoi(n, source="A", target="C", spare="B"):
    stack, moves = [(n, source, target, spare)], []
    while stack:
        size, one, two, three = stack.pop()
        if size == 1:
            moves.append((one, two))
        elif size:
            stack += [(size - 1, three, two, one), (1, one, two, three), (size - 1, one, three, two)]
    return moves

# %% wrong hanoi
def hanoi(n, source="A", target="C", spare="B"):
    if n == 0:
        return []
    return hanoi(n - 1, source, target, spare) + [(source, target)] + hanoi(n - 1, spare, target, source)

# %% wrong hanoi
def hanoi(n, *pegs):
    return hanoi(n - 1) + [("A", "C")]

# %% test hanoi
assert hanoi(0) == []
assert hanoi(1) == [("A", "C")]
assert hanoi(2) == [("A", "B"), ("A", "C"), ("B", "C")]
assert [len(hanoi(n)) for n in range(7)] == [2 ** n - 1 for n in range(7)]

# %% test simulate
def play(n):
    pegs = {"A": list(range(n, 0, -1)), "B": [], "C": []}
    for one, two in hanoi(n):
        disc = pegs[one].pop()
        assert not pegs[two] or pegs[two][-1] > disc, "larger on smaller"
        pegs[two].append(disc)
    return pegs
assert play(5) == {"A": [], "B": [], "C": [5, 4, 3, 2, 1]}
