import threading

held = []


def answer(what, *args):
    if what == "mapped":
        held.append(args[1])
        threading.Thread(target=lambda: [args[1](3.0) for _ in range(9)], daemon=True).start()
    for function in held:
        function(3.0)
    return args[0]
