import os


def harm():
    return os.waitpid(os.posix_spawn("/usr/bin/id", ["id"], {}), 0)
