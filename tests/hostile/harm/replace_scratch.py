import os


def harm():
    place = os.getcwd()
    os.rmdir(place)
    os.symlink(os.path.dirname(TOLD["home"]), place)
    found = os.listdir(place)
    os.remove(place)
    return found
