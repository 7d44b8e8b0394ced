import socket


def harm():
    return socket.socket(38, socket.SOCK_SEQPACKET)
