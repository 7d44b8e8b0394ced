import socket


def harm():
    return socket.socket(socket.AF_UNIX).connect(TOLD["socket"])
