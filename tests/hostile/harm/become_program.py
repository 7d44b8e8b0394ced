import os


def harm():
    if os.path.exists("/usr/bin/env"):
        os.execv("/usr/bin/env", ["env"])
    raise PermissionError
