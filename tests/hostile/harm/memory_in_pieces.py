import mmap


def harm():
    held = [mmap.mmap(-1, 1 << 26) for _ in range(40)]
    return len(held)
