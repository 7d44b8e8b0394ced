def harm():
    return open(TOLD["rubric"]).read()
