import sys


def answer(what, *args):
    sys.exit(0)
