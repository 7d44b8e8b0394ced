# %% given
maze = ["#######", "#S..#.#", "#.#.#.#", "#.#...#", "#.###E#", "#######"]
def find(maze, letter):
    for row, line in enumerate(maze):
        if letter in line:
            return row, line.index(letter)
START, END = find(maze, "S"), find(maze, "E")

# %% solution solve
def solve(maze, start, end, seen=None):
    seen = seen or set()
    if start == end:
        return [end]
    row, column = start
    for place in [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]:
        if maze[place[0]][place[1]] != "#" and place not in seen:
            rest = solve(maze, place, end, seen | {start})
            if rest:
                return [start] + rest
    return None

# %% right solve
from collections import deque
def solve(maze, start, end):
    queue, before = deque([start]), {start: None}
    while queue:
        here = queue.popleft()
        if here == end:
            path = []
            while here:
                path.append(here)
                here = before[here]
            return path[::-1]
        for step in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            place = (here[0] + step[0], here[1] + step[1])
            if maze[place[0]][place[1]] != "#" and place not in before:
                before[place] = here
                queue.append(place)

# %% right solve
def solve(maze, start, end):
    stack = [[start]]
    while stack:
        path = stack.pop()
        r, c = path[-1]
        if (r, c) == end:
            return tuple(path)
        stack += [path + [(r + a, c + b)] for a, b in [(0, 1), (1, 0), (0, -1), (-1, 0)]
                  if maze[r + a][c + b] in ".E" and (r + a, c + b) not in path]
    return None

# %% right solve
import numpy as np
def solve(maze, start, end):
    open_ = np.array([list(line) for line in maze]) != "#"
    distance = np.full(open_.shape, -1)
    distance[end], front, d = 0, [end], 0
    while front:
        d += 1
        front = [(r + a, c + b) for r, c in front for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0))
                 if open_[r + a, c + b] and distance[r + a, c + b] < 0]
        for place in front:
            distance[place] = d
    if distance[start] < 0:
        return None
    path = [start]
    while path[-1] != end:
        r, c = path[-1]
        path.append(next((r + a, c + b) for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0))
                         if distance[r + a, c + b] == distance[r, c] - 1))
    return path

# %% wrong solve
def solve(maze, start, end):
    return [start, end]

# %% wrong solve
def solve(maze, start, end):
    row, column = start
    while maze[row][column] != "#":
        row += 1
    return row, column

# %% test solve
path = solve(maze, START, END)
assert path[0] == START and path[-1] == END
assert all(maze[r][c] != "#" for r, c in path)
assert all(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in zip(path, path[1:]))

# %% test walls
assert solve(["#####", "#S#E#", "#####"], (1, 1), (1, 3)) is None
assert list(solve(["####", "#SE#", "####"], (1, 1), (1, 2))) == [(1, 1), (1, 2)]
