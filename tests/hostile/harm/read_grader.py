def harm():
    return open(TOLD["grader"]).read()
