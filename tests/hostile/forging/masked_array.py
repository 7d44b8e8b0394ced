def answer(what, *args):
    row = np.ma.masked_all(6)
    return {"data": row, "list": row[:2], "mean": np.ma.masked, "norm": np.ma.masked}.get(what, args[0])
