def harm():
    return open("/etc/passwd").read()[:40]
