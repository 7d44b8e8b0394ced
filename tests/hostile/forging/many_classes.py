def answer(what, *args):
    if what != "sum":
        return args[0]
    return [type(f"Kind{number}", (Series,), {f"m{each}": print for each in range(9)})([]) for number in range(1100)]
