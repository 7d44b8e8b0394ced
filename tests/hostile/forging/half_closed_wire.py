import os
import socket

link = socket.socket(fileno=os.dup(3))


def answer(what, *args):
    link.shutdown(socket.SHUT_WR if what == "mean" else socket.SHUT_RD)
    return args[0]
