def answer(what, *args):
    if what == "mapped":
        function = args[1]
        ask, number = (object.__getattribute__(function, f"_tito_{name}") for name in ("ask", "number"))
        for name in ("__code__", "__defaults__", "__closure__", "__class__", "__call__", "__dict__", "calls", "__hash__"):
            for value in (answer, answer.__code__, (2.0,), 2.0, [2.0, 3.0]):
                for change in (function.__setattr__, lambda *of: ask("set", number, *of)):
                    try:
                        change(name, value)
                    except Exception:
                        continue
        try:
            print(ask("special", number, "__hash__", (), {}), ask("special", number, "__set__", (function, 2.0), {}))
        except Exception as fault:
            print(fault)
    return args[0]
