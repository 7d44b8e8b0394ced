def harm():
    return open(TOLD["neighbour"], "a").write("# changed")
