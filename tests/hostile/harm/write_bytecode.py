import os


def harm():
    folder = TOLD["course"] + "/kit/core/__pycache__"
    os.makedirs(folder, exist_ok=True)
    return open(folder + "/vector.cpython-311.pyc", "wb").write(b"poison")
