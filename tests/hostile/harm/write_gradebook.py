def harm():
    return open(TOLD["gradebook"], "a").write("# changed")
