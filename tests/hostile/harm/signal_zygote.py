import os
import signal


def harm():
    return os.kill(os.getppid(), signal.SIGURG)
