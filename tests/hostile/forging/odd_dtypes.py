def answer(what, *args):
    odd = [
        np.zeros(6, "M8[s]"), np.zeros(6, [("a", "f8"), ("b", "O")]), np.zeros(6, "V8"), np.full(6, np.nan),
        np.zeros((6, 0)), np.zeros((1,) * 32), np.zeros(6, "U9"), np.array(0.0), np.zeros((2, 3), order="F")[::-1],
    ]
    answer.turn = getattr(answer, "turn", -1) + 1
    return odd[answer.turn % len(odd)] if what != "scaled" else args[0]
