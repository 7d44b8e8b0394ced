import os


def harm():
    path = f"/dev/shm/tito-hostile-{os.getpid()}"
    os.close(os.open(path, os.O_CREAT | os.O_RDWR))
    return os.remove(path)
