import os


def harm():
    return os.mkdir(TOLD["submissions"] + "/zz-another")
