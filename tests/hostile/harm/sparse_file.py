import os


def harm():
    with open("sparse", "wb") as file:
        file.truncate(1 << 40)
    return os.path.getsize("sparse")
