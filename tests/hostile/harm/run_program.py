import subprocess


def harm():
    return subprocess.run(["/usr/bin/id"], capture_output=True, check=True).stdout
