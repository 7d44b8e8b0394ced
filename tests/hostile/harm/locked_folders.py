import os


def harm():
    os.mkdir("open")
    open("open/file", "w").close()
    os.mkdir("locked", 0)
    os.umask(0o777)
    os.mkdir("open/inside")
    open("open/locked-file", "w").close()
