import resource


def harm():
    return resource.prlimit(TOLD["judge"], resource.RLIMIT_CORE)
