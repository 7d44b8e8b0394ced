import os


def harm():
    global held
    held = open("gone", "w+")
    os.remove("gone")
    held.write("x" * 1000)
