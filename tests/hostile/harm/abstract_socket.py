import os
import socket


def harm():
    return socket.socket(socket.AF_UNIX).bind(f"\0tito-hostile-{os.getpid()}")
