import threading


def harm():
    stop = threading.Event()
    threading.stack_size(1 << 16)
    for _ in range(120):
        threading.Thread(target=stop.wait, daemon=True).start()
    return threading.active_count()
