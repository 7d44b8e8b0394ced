def harm():
    return open(TOLD["solution"]).read()
