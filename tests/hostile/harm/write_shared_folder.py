import os


def harm():
    path = f"/tmp/tito-hostile-{os.getpid()}"
    count = open(path, "w").write("x")
    os.remove(path)
    return count
