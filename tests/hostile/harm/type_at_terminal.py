import fcntl
import os
import termios


def harm():
    terminal = os.open(TOLD["terminal"], os.O_RDWR)
    return fcntl.ioctl(terminal, termios.TIOCSTI, b"x")
