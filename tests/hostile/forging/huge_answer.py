held = {"data": np.zeros(10**7), "list": [0.0] * 10**6, "text": "x" * 10**7, "mean": 1 << 10**6, "iter": range(10**15)}


def answer(what, *args):
    return held.get(what, args[0])
