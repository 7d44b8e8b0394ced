def harm():
    return open(TOLD["home"]).read()
