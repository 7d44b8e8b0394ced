# %% given
EMPTY = " "
def show(board):
    return "\n".join("|".join(row) for row in board)

# %% solution board
def new_board():
    return [[EMPTY] * 3 for _ in range(3)]
def play(board, row, column, mark):
    if board[row][column] != EMPTY:
        return False
    board[row][column] = mark
    return True
def winner(board):
    lines = board + [list(column) for column in zip(*board)]
    lines += [[board[i][i] for i in range(3)], [board[i][2 - i] for i in range(3)]]
    for line in lines:
        if line[0] != EMPTY and line.count(line[0]) == 3:
            return line[0]
    return None

# %% right board
def new_board():
    board = []
    for _ in range(3):
        board.append([EMPTY, EMPTY, EMPTY])
    return board
def play(board, row, column, mark):
    free = board[row][column] == EMPTY
    if free:
        board[row][column] = mark
    return free
def winner(board):
    flat = sum(board, [])
    for a, b, c in ["012", "345", "678", "036", "147", "258", "048", "246"]:
        marks = {flat[int(a)], flat[int(b)], flat[int(c)]}
        if len(marks) == 1 and marks != {EMPTY}:
            return marks.pop()

# %% right board
import numpy as np
class Board(list):
    pass
def new_board():
    return Board([EMPTY] * 3 for _ in range(3))
def play(board, row, column, mark):
    try:
        assert board[row][column] is EMPTY or board[row][column] == " "
    except AssertionError:
        return False
    board[row] = [mark if n == column else old for n, old in enumerate(board[row])]
    return True
def winner(board):
    array = np.array(board)
    for mark in "XO":
        same = array == mark
        if same.all(0).any() or same.all(1).any() or same.diagonal().all() or same[::-1].diagonal().all():
            return mark

# %% right board
from copy import deepcopy
_BLANK = [[EMPTY, EMPTY, EMPTY], [EMPTY, EMPTY, EMPTY], [EMPTY, EMPTY, EMPTY]]
new_board = lambda: deepcopy(_BLANK)
def play(board, row, column, mark):
    if board[row][column].strip():
        return False
    board[row].pop(column)
    board[row].insert(column, mark)
    return True
def winner(board):
    rows = ["".join(row) for row in board]
    columns = ["".join(column) for column in zip(*rows)]
    diagonals = [rows[0][0] + rows[1][1] + rows[2][2], rows[0][2] + rows[1][1] + rows[2][0]]
    found = [line[0] for line in rows + columns + diagonals if line in ("XXX", "OOO")]
    return found[0] if found else None

# %% wrong board
def new_board():
    return [[EMPTY] * 3] * 3
def play(board, row, column, mark):
    board[row][column] = mark
    return True
def winner(board):
    return None

# %% wrong board
def new_board():
    return [[EMPTY] * 3 for _ in range(3)]
def play(board, row, column, mark):
    board[row][column] = mark
def winner(board):
    return "X"

# %% test play
board = new_board()
assert board == [[" "] * 3, [" "] * 3, [" "] * 3]
assert play(board, 1, 1, "X") is True
assert play(board, 1, 1, "O") is False
assert board[1][1] == "X" and board[0][1] == " "
assert show(board) == " | | \n |X| \n | | "

# %% test winner
game = new_board()
for number, (row, column) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]):
    assert winner(game) is None
    play(game, row, column, "XO"[number % 2])
assert winner(game) == "X"
assert winner([["O", "X", "X"], ["X", "O", "X"], ["X", "X", "O"]]) == "O"
assert winner([["O", " ", "X"], ["O", "X", "X"], ["O", "X", "O"]]) == "O"
