def harm():
    return open(TOLD["neighbour"]).read()
