Lying = type("ValueError", (Exception,), {"__module__": "builtins"})
Wide = type("ValueError", (KeyError, ValueError), {"__str__": lambda self: "an empty series has no mean"})


def answer(what, *args):
    raise (Lying if what == "text" else Wide)("an empty series has no mean")
