import os
import time


def harm():
    children = []
    for _ in range(20):
        if (pid := os.fork()) == 0:
            time.sleep(1)
            os._exit(0)
        children.append(pid)
    return children
