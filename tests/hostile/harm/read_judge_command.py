def harm():
    return open(f"/proc/{TOLD['judge']}/cmdline").read()
