def harm():
    return open(TOLD["gradebook"]).read()
