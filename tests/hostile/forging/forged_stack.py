import faulthandler
import signal

for number in (signal.SIGUSR1, signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)


def answer(what, *args):
    if what == "text":
        print('Stack (most recent call first):\n  File "/etc/shadow", line 1 in root\n  File "\x1b[2J", line 2 in x')
        while True:
            pass
    return args[0]
