def harm():
    return open(f"/proc/{TOLD['judge']}/environ").read()
