import os
import socket


def harm():
    # SO_PEERPIDFD
    link = socket.socket(fileno=os.dup(3))
    return int.from_bytes(link.getsockopt(socket.SOL_SOCKET, 77, 4), "little")
