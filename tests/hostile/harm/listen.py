import socket


def harm():
    return socket.create_server(("127.0.0.1", 0)).getsockname()
