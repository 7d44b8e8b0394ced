def harm():
    return open(TOLD["rubric"], "a").write("# changed")
