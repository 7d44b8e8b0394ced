def answer(what, *args):
    if what == "mapped":
        ask = object.__getattribute__(args[1], "_tito_ask") if hasattr(args[1], "_tito_ask") else args[1]
        for number in (-1, 0, 1, 2, 10**9, True, None, "0", 0.0, [0]):
            for asked in (("get", number, "canary"), ("special", number, "__call__", (2.0,), {}), ("x",), ()):
                try:
                    ask(*asked)
                except Exception:
                    continue
    return args[0]
