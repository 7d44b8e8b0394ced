import os
import signal


def harm():
    return os.kill(TOLD["judge"], signal.SIGURG)
