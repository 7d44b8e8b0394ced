def harm():
    return len([open("/dev/null") for _ in range(200)])
