import mmap


def harm():
    with open(TOLD["home"], "rb") as file:
        return bytes(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
