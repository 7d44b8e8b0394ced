import os


def harm():
    if (pid := os.fork()) == 0:
        os._exit(0)
    return os.waitpid(pid, 0)
