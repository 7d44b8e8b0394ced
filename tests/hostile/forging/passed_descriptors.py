import os
import socket

link = socket.socket(fileno=os.dup(3))


def answer(what, *args):
    if what == "text":
        for _ in range(20):
            socket.send_fds(link, [b" "], [0, 1, 2, 3])
    return args[0]
