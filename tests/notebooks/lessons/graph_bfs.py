# %% given
graph = {"A": ["B", "C"], "B": ["D"], "C": ["D"], "D": ["E"], "E": [], "F": ["A"]}

# %% solution path
from collections import deque
def shortest(graph, start, goal):
    paths = deque([[start]])
    seen = {start}
    while paths:
        path = paths.popleft()
        if path[-1] == goal:
            return path
        for following in graph[path[-1]]:
            if following not in seen:
                seen.add(following)
                paths.append(path + [following])
    return None

# %% right path
def shortest(graph, start, goal):
    before, level = {start: None}, [start]
    while level:
        following = []
        for node in level:
            for other in graph[node]:
                if other not in before:
                    before[other] = node
                    following.append(other)
        level = following
    if goal not in before:
        return None
    path = [goal]
    while before[path[0]] is not None:
        path.insert(0, before[path[0]])
    return path

# %% right path
def shortest(graph, start, goal, seen=()):
    if start == goal:
        return [goal]
    found = [shortest(graph, other, goal, (*seen, start)) for other in graph[start] if other not in seen]
    found = [path for path in found if path]
    return [start] + min(found, key=len) if found else None

# %% right path
import heapq
def shortest(graph, start, goal):
    heap = [(0, [start])]
    while heap:
        cost, path = heapq.heappop(heap)
        if path[-1] == goal:
            return path
        for other in graph[path[-1]]:
            if other not in path:
                heapq.heappush(heap, (cost + 1, [*path, other]))

# %% wrong path
def shortest(graph, start, goal):
    path = [start]
    while path[-1] != goal:
        if not graph[path[-1]]:
            return path
        path.append(graph[path[-1]][-1])
    return path[1:]

# %% wrong path
def shortest(graph, start, goal):
    return len(graph)

# %% test path
assert shortest(graph, "A", "E") in (["A", "B", "D", "E"], ["A", "C", "D", "E"])
assert shortest(graph, "A", "A") == ["A"]
assert shortest(graph, "E", "A") is None
path = shortest(graph, "F", "E")
assert len(path) == 5
assert all(b in graph[a] for a, b in zip(path, path[1:]))
