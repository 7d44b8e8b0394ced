import os


def harm():
    with open("large", "wb") as file:
        for _ in range(32):
            file.write(bytes(1 << 20))
    return os.path.getsize("large")
