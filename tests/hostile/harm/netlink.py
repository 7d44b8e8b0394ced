import socket


def harm():
    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
