import socket


def harm():
    with socket.create_connection(("127.0.0.1", TOLD["port"]), 2) as link:
        return link.getpeername()
