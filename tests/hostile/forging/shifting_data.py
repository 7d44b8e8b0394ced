def answer(what, *args):
    answer.looks = getattr(answer, "looks", 0) + 1
    if what == "data":
        return np.random.default_rng(1).normal(size=6) * (answer.looks % 4)
    return {"mean": float(answer.looks), "text": str(answer.looks), "len": answer.looks % 3}.get(what, args[0])
