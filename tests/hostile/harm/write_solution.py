def harm():
    return open(TOLD["solution"], "a").write("# changed")
