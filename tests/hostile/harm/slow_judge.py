import os


def harm():
    return os.setpriority(os.PRIO_PROCESS, TOLD["judge"], os.getpriority(os.PRIO_PROCESS, TOLD["judge"]))
