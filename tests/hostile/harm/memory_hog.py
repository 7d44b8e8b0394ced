import mmap


def harm():
    return len(mmap.mmap(-1, 2 << 30))
