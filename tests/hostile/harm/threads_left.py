import threading


def harm():
    for _ in range(4):
        threading.Thread(target=threading.Event().wait).start()
