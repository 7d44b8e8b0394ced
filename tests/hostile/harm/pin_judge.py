import os


def harm():
    return os.sched_setaffinity(TOLD["judge"], os.sched_getaffinity(TOLD["judge"]))
