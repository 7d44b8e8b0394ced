def answer(what, *args):
    inner = []
    inner.append(inner)
    return {"data": inner, "list": {"k": inner}, "mean": (inner,)}.get(what, args[0])
