import os


def harm():
    open("gradebook.db", "w").close()
    return os.rename("gradebook.db", TOLD["gradebook"])
