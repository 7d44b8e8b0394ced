def answer(what, *args):
    if what == "mapped":
        function, found = args[1], []
        for name in ("__repr__", "__str__", "__eq__", "__reduce__", "__class__", "__init__", "__getattribute__", "x.y"):
            try:
                found.append(object.__getattribute__(function, "_tito_ask")("special", 0, name, (), {}))
            except Exception as fault:
                found.append(type(fault))
        try:
            object.__getattribute__(function, "_tito_ask")("invoke", Series, "__init__", (), {})
        except Exception as fault:
            found.append(fault)
        print(found)
    return args[0]
